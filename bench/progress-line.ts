/** One line that says how far a long run is: rewritten in place on a terminal, a line now and then elsewhere. */
export class ProgressLine {
  readonly #out: NodeJS.WriteStream;
  readonly #begin = Date.now();
  #countedFrom: number | undefined;
  #lastMs = -Infinity;

  constructor(out: NodeJS.WriteStream) {
    this.#out = out;
  }

  /** Shows what is being done; from the first share on, it also tells how long the rest takes. */
  show(what: string, doneShare?: number): void {
    const nowMs = Date.now();
    if (doneShare !== undefined) this.#countedFrom ??= nowMs;
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
    if (this.#countedFrom === undefined || doneShare <= 0) return '';
    const tookMs = nowMs - this.#countedFrom;
    return `, about ${Math.ceil((tookMs * (1 - doneShare)) / doneShare / 1_000)} s to go`;
  }
}
