const WIDTH = 30;

/** Shows how much is done: a bar that grows on a terminal, a line for every tenth elsewhere. */
export class ProgressBar {
  readonly #out: NodeJS.WriteStream;
  readonly #total: number;
  readonly #unit: string;
  #tenths = 0;

  constructor(out: NodeJS.WriteStream, total: number, unit: string) {
    this.#out = out;
    this.#total = total;
    this.#unit = unit;
  }

  show(done: number): void {
    const line = `${done} of ${this.#total} ${this.#unit}`;
    if (this.#out.isTTY) {
      this.#out.write(`\r${bar(done / this.#total)}  ${line}\x1b[K${done === this.#total ? '\n' : ''}`);
      return;
    }
    const tenths = Math.floor((10 * done) / this.#total);
    if (tenths > this.#tenths) this.#out.write(`${line}\n`);
    this.#tenths = tenths;
  }
}

function bar(share: number): string {
  const full = Math.round(share * WIDTH);
  return '█'.repeat(full) + '░'.repeat(WIDTH - full);
}
