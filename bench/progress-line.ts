/** One line that says how far a long run is: rewritten in place on a terminal, a line now and then elsewhere. */
export class ProgressLine {
  readonly #out: NodeJS.WriteStream;
  readonly #begin = Date.now();
  #lastMs = -Infinity;

  constructor(out: NodeJS.WriteStream) {
    this.#out = out;
  }

  /** Shows what is being done and, once it can be told, how long the rest takes. */
  show(what: string, doneShare = 0): void {
    const nowMs = Date.now();
    const elapsedSeconds = (nowMs - this.#begin) / 1_000;
    const line = `${elapsedSeconds.toFixed(0).padStart(4)} s  ${what}${remaining(elapsedSeconds, doneShare)}`;
    if (this.#out.isTTY) this.#out.write(`\r${line}\x1b[K`);
    else if (nowMs - this.#lastMs >= 5_000) {
      this.#out.write(`${line}\n`);
      this.#lastMs = nowMs;
    }
  }

  /** Leaves the terminal's line to whoever writes next. */
  clear(): void {
    if (this.#out.isTTY) this.#out.write('\r\x1b[K');
  }
}

function remaining(elapsedSeconds: number, doneShare: number): string {
  if (doneShare <= 0) return '';
  return `, about ${Math.ceil((elapsedSeconds / doneShare) * (1 - doneShare))} s to go`;
}
