/** Where Honeybadger takes reports. */
export interface HoneybadgerOptions {
  /**
   * The key of the project.
   * @default HONEYBADGER_API_KEY
   */
  apiKey?: string;
  /**
   * The address of its API, for installations of one's own and the European region.
   * @default HONEYBADGER_ENDPOINT, otherwise 'https://api.honeybadger.io'
   */
  endpoint?: string;
  /**
   * How long one report may take from start to end.
   * @default 5000
   */
  timeoutMs?: number;
}
