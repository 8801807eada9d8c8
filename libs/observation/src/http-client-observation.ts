import { BaseObservation, errorType } from './observation.js';
import { knownHttpMethod } from './http-method.js';

/** Where a request goes. */
export interface RequestTarget {
  readonly scheme: string;
  readonly host: string;
  readonly port?: number;
  /** With the query. */
  readonly path: string;
}

/** Reads host and port from an address; nothing from what is none. */
export function targetOf(origin: string, path: string): RequestTarget | undefined {
  if (!URL.canParse(origin)) return undefined;
  const { protocol, hostname, port } = new URL(origin);
  const usual = protocol === 'https:' ? 443 : 80;
  return { scheme: protocol.slice(0, -1), host: hostname, port: port === '' ? usual : Number(port), path };
}

/** One HTTP request that this service sent with `fetch`, `http` or `https`, until the body of the answer has ended. */
export class HttpClientObservation extends BaseObservation {
  readonly kind = 'http.client';

  readonly method: string;
  readonly scheme: string;
  readonly serverAddress: string;
  /** Absent until the connection tells it, where the request does not. */
  serverPort?: number;
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
    { scheme, host, port, path }: RequestTarget,
    readonly setHeader: (name: string, value: string) => boolean,
  ) {
    super();
    this.method = knownHttpMethod(method.toUpperCase());
    this.scheme = scheme;
    this.serverAddress = host;
    this.serverPort = port;
    this.path = path.split('?', 1)[0]!;
  }

  /** The class of what failed, or the status of an answer of 400 and above; absent on success. */
  get errorType(): string | undefined {
    if (this.error !== undefined) return errorType(this.error);
    return this.status !== undefined && this.status >= 400 ? String(this.status) : undefined;
  }
}
