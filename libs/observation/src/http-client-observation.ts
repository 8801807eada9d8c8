import { BaseObservation, errorType } from './observation.js';
import { knownHttpMethod } from './http-method.js';

/** One HTTP request that this service sent with `fetch`, `http` or `https`, until the body of the answer has ended. */
export class HttpClientObservation extends BaseObservation {
  readonly kind = 'http.client';

  readonly method: string;
  readonly scheme: string;
  readonly serverAddress: string;
  readonly serverPort: number;
  status?: number;
  /** The caller gave up before the answer was complete. */
  aborted = false;
  /** The path as it was sent, without the query. */
  readonly path: string;

  /**
   * @param setHeader adds a header to the request and says whether that was possible; a header that the caller set
   * itself stays as it is.
   */
  constructor(
    method: string,
    url: { origin: string; path: string },
    readonly setHeader: (name: string, value: string) => boolean,
  ) {
    super();
    const { protocol, hostname, port } = new URL(url.origin);
    this.method = knownHttpMethod(method.toUpperCase());
    this.scheme = protocol.slice(0, -1);
    this.serverAddress = hostname;
    this.serverPort = port === '' ? (protocol === 'https:' ? 443 : 80) : Number(port);
    this.path = url.path.split('?', 1)[0]!;
  }

  /** The class of what failed, or the status of an answer of 400 and above; absent on success. */
  get errorType(): string | undefined {
    if (this.error !== undefined) return errorType(this.error);
    return this.status !== undefined && this.status >= 400 ? String(this.status) : undefined;
  }
}
