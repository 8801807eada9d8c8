import { writeSync } from 'node:fs';

const QUIET_MS = 30_000;
const STDERR = 2;

/** Says on stderr that the log has no way out, which the log itself cannot say; at most once in 30 s. */
export class StderrNotice {
  #saidAt = -QUIET_MS;

  say(message: string, cause: unknown): void {
    const now = performance.now();
    if (now - this.#saidAt < QUIET_MS) return;
    this.#saidAt = now;
    const reason = cause instanceof Error ? cause.message : String(cause);
    const line = { level: 50, time: Date.now(), context: 'LoggingModule', msg: `${message}: ${reason}` };
    try {
      // Asking Node for its stream makes a pipe non-blocking: its reader may have stalled, too.
      writeSync((process.stderr as { fd?: number }).fd ?? STDERR, `${JSON.stringify(line)}\n`);
    } catch {
      // Then there is nowhere left to say it; the lines are counted all the same.
    }
  }
}
