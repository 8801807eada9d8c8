import { createRequire } from 'node:module';
import type { Ledger } from '#delivery';
import type { LogDestination } from '../log-destination.js';

const require = createRequire(import.meta.url);

/** What JSON has in words; those of the group may be shown as what they stand for. */
const ESCAPED = /\\(?:([\\"/nt])|[bfr]|u[\da-fA-F]{4})/g;

/** Shows lines as people read them in a terminal, and leaves where they go to another destination. */
export class PrettyDestination implements LogDestination {
  readonly #show: (line: string) => string;

  constructor(
    private readonly next: LogDestination,
    colorize: boolean,
  ) {
    // Loaded here, because nobody reads most logs in a terminal, and a start would pay for it.
    const { prettyFactory } = require('pino-pretty') as typeof import('pino-pretty');
    this.#show = prettyFactory({
      colorize,
      translateTime: 'SYS:HH:MM:ss.l',
      ignore: 'service,context,span_id,trace_flags',
      messageFormat: '{if context}[{context}] {end}{msg}',
      singleLine: true,
    });
  }

  get ledger(): Ledger | undefined {
    return this.next.ledger;
  }

  write(line: string): void {
    // What moves the cursor is shown in words, as JSON has it; what a text has below its first line is indented, or it
    // could be taken for a line of the log itself.
    const inWords = line.replace(ESCAPED, (words, safe) => (safe === undefined ? `\\${words}` : words));
    this.next.write(this.#show(inWords).replace(/\n(?! {4}|$)/g, '\n    '));
  }

  async flush(deadlineMs: number): Promise<void> {
    await this.next.flush?.(deadlineMs);
  }

  release(): void {
    this.next.release?.();
  }
}
