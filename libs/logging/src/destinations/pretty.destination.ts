import { prettyFactory } from 'pino-pretty';
import type { Ledger } from '#delivery';
import type { LogDestination } from '../log-destination.js';

/** Shows lines as people read them in a terminal, and leaves where they go to another destination. */
export class PrettyDestination implements LogDestination {
  readonly #show: (line: string) => string;

  constructor(
    private readonly next: LogDestination,
    colorize: boolean,
  ) {
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
    this.next.write(this.#show(line));
  }

  async flush(deadlineMs: number): Promise<void> {
    await this.next.flush?.(deadlineMs);
  }

  release(): void {
    this.next.release?.();
  }
}
