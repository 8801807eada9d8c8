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

type Origin = Omit<RequestTarget, 'path'>;

const MAX_ORIGINS = 1_000;

/** Reads where requests go; a service sends most of them to few places. */
export class RequestTargets {
  readonly #origins = new Map<string, Origin>();

  /** Reads host and port from an address; nothing from what is none. */
  of(address: string, path: string): RequestTarget | undefined {
    const origin = this.#origins.get(address) ?? this.#read(address);
    return origin && { scheme: origin.scheme, host: origin.host, port: origin.port, path };
  }

  #read(address: string): Origin | undefined {
    if (!URL.canParse(address)) return undefined;
    const { protocol, hostname, port } = new URL(address);
    const usual = protocol === 'https:' ? 443 : 80;
    const origin = { scheme: protocol.slice(0, -1), host: hostname, port: port === '' ? usual : Number(port) };
    if (this.#origins.size >= MAX_ORIGINS) this.#origins.clear();
    this.#origins.set(address, origin);
    return origin;
  }
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
