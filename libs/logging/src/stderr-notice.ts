import { writeSync } from 'node:fs';

const QUIET_MS = 30_000;

/** Says on stderr that the log has no way out, which the log itself cannot say; at most once in 30 s. */
export class StderrNotice {
  #saidAt = -QUIET_MS;

  say(message: string, error: unknown): void {
    const now = performance.now();
    if (now - this.#saidAt < QUIET_MS) return;
    this.#saidAt = now;
    const reason = error instanceof Error ? error.message : String(error);
    const line = { level: 50, time: Date.now(), context: 'LoggingModule', msg: `${message}: ${reason}` };
    try {
      writeSync(2, `${JSON.stringify(line)}\n`);
    } catch {
      // Then there is nowhere left to say it; the lines are counted all the same.
    }
  }
}
