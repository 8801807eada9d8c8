export interface RetryableErrorOptions {
  /**
   * How long the receiver asked to be left alone, for example by `Retry-After`; at most a minute is honoured.
   * @default undefined
   */
  retryAfterMs?: number;
  cause?: unknown;
}

/** Thrown by a `send` whose batch may be sent again; every other error drops the batch. */
export class RetryableError extends Error {
  override readonly name = 'RetryableError';
  readonly retryAfterMs: number | undefined;

  constructor(message: string, options: RetryableErrorOptions = {}) {
    super(message, 'cause' in options ? { cause: options.cause } : undefined);
    this.retryAfterMs = options.retryAfterMs;
  }
}
