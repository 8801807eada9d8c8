import type { Reporter, TestModule } from 'vitest/node';

/** Ends a test run with one plain line, `N passed, N failed, N skipped`, for readers that are programs. */
export default class PlainSummaryReporter implements Reporter {
  #line: string | undefined;

  onInit(): void {
    // At exit, so that nothing that vitest prints while it closes down comes after it.
    process.once('exit', () => process.stdout.write(`${this.#line ?? '0 passed, 1 failed, 0 skipped'}\n`));
  }

  onTestRunEnd(modules: readonly TestModule[], unhandledErrors: readonly unknown[]): void {
    const count = { passed: 0, failed: unhandledErrors.length, skipped: 0 };
    for (const module of modules) {
      count.failed += brokenSuites(module);
      for (const test of module.children.allTests()) {
        const { state } = test.result();
        // A test that was begun and not ended is no success.
        count[state === 'pending' ? 'failed' : state] += 1;
      }
    }
    this.#line = `${count.passed} passed, ${count.failed} failed, ${count.skipped} skipped`;
  }
}

/** A file that does not load and a suite whose hook throws fail without any of their tests failing. */
function brokenSuites(module: TestModule): number {
  const suites = [module, ...module.children.allSuites()];
  return suites.filter((suite) => suite.errors().length > 0).length;
}
