/** One line that says how far a long run is: rewritten in place on a terminal, a line now and then elsewhere. */
export class ProgressLine {
  readonly #out: NodeJS.WriteStream;
  readonly #begin = Date.now();
  #countedFrom: { ms: number; doneShare: number } | undefined;
  #lastMs = -Infinity;

  constructor(out: NodeJS.WriteStream) {
    this.#out = out;
  }

  /** Shows what is being done; from the first share on, it also tells how long the rest takes. */
  show(what: string, doneShare?: number): void {
    const nowMs = Date.now();
    if (doneShare !== undefined) this.#countedFrom ??= { ms: nowMs, doneShare };
    const elapsed = Math.round((nowMs - this.#begin) / 1_000);
    const line = `${String(elapsed).padStart(4)} s  ${what}${this.#remaining(nowMs, doneShare)}`;
    if (this.#out.isTTY) this.#out.write(`\r${line}\x1b[K`);
    else if (nowMs - this.#lastMs >= 5_000) {
      this.#out.write(`${line}\n`);
      this.#lastMs = nowMs;
    }
  }

  /** Writes a line that stays. */
  tell(line: string): void {
    this.clear();
    this.#out.write(`${line}\n`);
  }

  /** Leaves the terminal's line to whoever writes next. */
  clear(): void {
    if (this.#out.isTTY) this.#out.write('\r\x1b[K');
  }

  #remaining(nowMs: number, doneShare = 0): string {
    const from = this.#countedFrom;
    if (from === undefined || doneShare <= from.doneShare) return '';
    const msPerShare = (nowMs - from.ms) / (doneShare - from.doneShare);
    return `, about ${Math.ceil((msPerShare * (1 - doneShare)) / 1_000)} s to go`;
  }
}
