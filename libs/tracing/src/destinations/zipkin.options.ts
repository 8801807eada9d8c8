import { checkAddress } from './otlp.options.js';

export interface ZipkinOptions {
  /**
   * Its address, such as `http://127.0.0.1:9411`; the path `/api/v2/spans` is added where there is none.
   * @default OTEL_EXPORTER_ZIPKIN_ENDPOINT
   */
  url?: string;
  /**
   * Headers of each request.
   * @default {}
   */
  headers?: Record<string, string>;
  /**
   * How long one sending may take from start to end.
   * @default 5000
   */
  timeoutMs?: number;
}

export function checkZipkinOptions(options: ZipkinOptions | false | undefined): void {
  if (options === undefined || options === false) return;
  checkAddress('zipkin.url', options.url);
  const { timeoutMs = 5_000 } = options;
  if (Number.isInteger(timeoutMs) && timeoutMs >= 100) return;
  throw new Error(`TracingModule: zipkin.timeoutMs is ${String(timeoutMs)}. Use a whole number from 100 up.`);
}
