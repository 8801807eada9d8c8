import { Logger } from '@nestjs/common';
import { errorType } from './observation.js';

const QUIET_MS = 30_000;

/** Counts what goes wrong inside the suite itself, and logs each component's trouble at most once in 30 s. */
export class InternalErrors {
  readonly #counts = new Map<string, number>();
  readonly #loggedAt = new Map<string, number>();
  readonly #logger = new Logger('Observability');

  record(component: string, error: unknown): void {
    this.#counts.set(component, (this.#counts.get(component) ?? 0) + 1);
    const now = performance.now();
    if (now - (this.#loggedAt.get(component) ?? -QUIET_MS) < QUIET_MS) return;
    this.#loggedAt.set(component, now);
    this.#logger.warn(
      { component, ...withoutItsWords(error) },
      `${component} had a fault; the application is not affected`,
    );
  }

  /** Faults by component since start. */
  counts(): ReadonlyMap<string, number> {
    return this.#counts;
  }
}

/** Messages and fields of drivers' errors name hosts, users and data; class, code and place say enough of a fault. */
function withoutItsWords(error: unknown): object {
  const { code, stack = '' } = Object(error) as { code?: unknown; stack?: string };
  const frames = stack.split('\n').filter((line) => /^\s+at /.test(line));
  return { 'error.type': errorType(error), 'error.code': code, 'error.stack': frames.join('\n') };
}
