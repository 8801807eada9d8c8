import type { Reporter, TestModule } from 'vitest/node';

/** Ends a test run with one plain line, `N passed, N failed, N skipped`, for readers that are programs. */
export default class PlainSummaryReporter implements Reporter {
  readonly #count = { passed: 0, failed: 0, skipped: 0 };

  onInit(): void {
    // At exit, so that nothing that vitest prints while it closes down comes after it.
    process.once('exit', (exitCode) => {
      const { passed, failed, skipped } = this.#count;
      // A run can also fail with no test to blame: none was found, or the set-up of all of them broke.
      const failures = failed === 0 && exitCode !== 0 ? 1 : failed;
      process.stdout.write(`${passed} passed, ${failures} failed, ${skipped} skipped\n`);
    });
  }

  onTestRunEnd(modules: readonly TestModule[], unhandledErrors: readonly unknown[]): void {
    Object.assign(this.#count, { passed: 0, failed: unhandledErrors.length, skipped: 0 });
    for (const module of modules) {
      this.#count.failed += brokenSuites(module);
      for (const test of module.children.allTests()) {
        const { state } = test.result();
        // A test that was begun and not ended is no success.
        this.#count[state === 'pending' ? 'failed' : state] += 1;
      }
    }
  }
}

/** A file that does not load and a suite whose hook throws fail without any of their tests failing. */
function brokenSuites(module: TestModule): number {
  const suites = [module, ...module.children.allSuites()];
  return suites.filter((suite) => suite.errors().length > 0).length;
}
