/** Where Sentry takes reports. */
export interface SentryOptions {
  /**
   * The address of the project, as Sentry shows it.
   * @default SENTRY_DSN
   */
  dsn?: string;
  /**
   * How long one report may take from start to end.
   * @default 5000
   */
  timeoutMs?: number;
}
