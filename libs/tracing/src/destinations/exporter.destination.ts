import type { ReadableSpan, SpanExporter } from '@opentelemetry/sdk-trace';
import { RetryableError } from '#delivery';
import type { SpanDestination } from '../span-destination.js';
import type { SpanForm } from '../span-form.js';

/** An exporter that does not come back must not be given ever more. */
const MAX_UNANSWERED = 4;

/** An exporter of OpenTelemetry, of spans in one form or another. */
export interface Exporter<Form> {
  export(spans: Form[], done: Parameters<SpanExporter['export']>[1]): void;
  shutdown(): Promise<void>;
}

export interface ExporterDestinationOptions<Form> {
  /** @default the span itself */
  readonly form?: SpanForm<Form>;
  /** @default 5000 */
  readonly deadlineMs?: number;
  /** Cuts the exporter's connections when an export is given up. */
  readonly giveUp?: () => void;
  /** Whether the batch of a failed export may be sent again. */
  readonly isRetryable?: (error: Error | undefined) => boolean;
}

/** Any exporter of OpenTelemetry as a destination. */
export class ExporterDestination<Form = ReadableSpan> implements SpanDestination<Form> {
  readonly deadlineMs: number;
  readonly form: SpanForm<Form> | undefined;
  #unanswered = 0;

  constructor(
    readonly name: string,
    private readonly exporter: Exporter<Form>,
    private readonly options: ExporterDestinationOptions<Form> = {},
  ) {
    this.deadlineMs = options.deadlineMs ?? 5_000;
    this.form = options.form;
  }

  async send(spans: readonly Form[], signal: AbortSignal): Promise<void> {
    const { giveUp, isRetryable } = this.options;
    if (this.#unanswered >= MAX_UNANSWERED) {
      throw new RetryableError(`${this.name}: ${this.#unanswered} exports were given up and still do not answer`);
    }
    signal.addEventListener('abort', () => giveUp?.(), { once: true });
    this.#unanswered += 1;
    await new Promise<void>((resolve, reject) => {
      signal.addEventListener('abort', () => reject(signal.reason), { once: true });
      this.exporter.export([...spans], ({ code, error }) => {
        this.#unanswered -= 1;
        if (code === 0) resolve();
        else if (isRetryable?.(error)) reject(new RetryableError(`${this.name}: failed`, { cause: error }));
        else reject(error ?? new Error(`${this.name}: failed without a reason`));
      });
    });
  }

  async close(): Promise<void> {
    const shutdown = this.exporter.shutdown();
    this.options.giveUp?.();
    // An exporter waits for all of its exports, and those that were given up may never end.
    if (this.#unanswered === 0) await shutdown;
    else shutdown.catch(() => {});
  }
}
