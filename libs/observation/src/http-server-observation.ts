import type { IncomingHttpHeaders, IncomingMessage } from 'node:http';
import { type Actor, BaseObservation, errorType } from './observation.js';
import type { HandlerFacts } from './handler-facts.js';
import { knownHttpMethod } from './http-method.js';
import type { ObservedMethod } from './observed-method.js';
import { pathOf } from './path-of.js';
import { principalOf } from './principal.js';

/** One HTTP request that this service answered, from its first byte of headers to the last byte of the answer. */
export class HttpServerObservation extends BaseObservation {
  readonly kind = 'http.server';

  // Few values: fit for metric labels.
  /** One of the known methods, or `_OTHER`. */
  readonly method: string;
  readonly scheme: 'http' | 'https';
  readonly protocolVersion: string;
  /** The route template with prefix and version, e.g. `/api/orders/:id`; absent when nothing matched. */
  route?: string;
  /** The status code that was sent; absent when the client went away before an answer. */
  status?: number;
  /** The client went away before the answer was complete. */
  aborted = false;
  /** No filter took the exception: it was left to Nest, or to whoever answers in its place. */
  unhandled = false;

  // Many values: never a metric label.
  /** The path as it was sent, without the query. */
  readonly path: string;
  /** As it was sent: any word. */
  readonly originalMethod: string;
  readonly headers: IncomingHttpHeaders;
  readonly requestId: string;
  clientAddress?: string;
  /** The peer may continue a trace and a request id of its own. */
  trustedPeer = false;
  /** The handler that was matched, also when a guard never lets it be called. */
  handledBy?: HandlerFacts;
  #request: unknown;
  #actor?: Actor;

  constructor(incoming: IncomingMessage, requestId = '') {
    super();
    this.#request = incoming;
    this.requestId = requestId;
    this.headers = incoming.headers;
    this.path = pathOf(incoming.url);
    this.originalMethod = incoming.method ?? 'GET';
    this.method = knownHttpMethod(this.originalMethod);
    this.scheme = (incoming.socket as { encrypted?: boolean }).encrypted ? 'https' : 'http';
    this.protocolVersion = incoming.httpVersionMajor === 2 ? '2' : incoming.httpVersion;
  }

  get className(): string | undefined {
    return this.handledBy?.className;
  }

  get methodName(): string | undefined {
    return this.handledBy?.methodName;
  }

  /** Both as one name, e.g. `OrdersController.read`. */
  get functionName(): string | undefined {
    return this.handledBy?.functionName;
  }

  /** What decorators marked the matched handler with. */
  get handler(): ObservedMethod | undefined {
    return this.handledBy?.method;
  }

  /** Patterns that the matched handler opted out of. */
  get optOuts(): ReadonlySet<string> {
    return this.handledBy?.optOuts ?? NO_OPT_OUTS;
  }

  /** Who asks: what was set here, otherwise the principal that a guard has put on the request by now. */
  get actor(): Actor | undefined {
    return this.#actor ?? principalOf(this.#request);
  }

  set actor(actor: Actor | undefined) {
    this.#actor = actor;
  }

  /**
   * The framework's own request (Express or Fastify), on which users' guards put the principal; until it is made, Node's.
   * Absent from the end on: what runs on after an answer would keep the request with its body in memory.
   */
  get request(): unknown {
    return this.#request;
  }

  /** Tells of the framework's own request; one that has ended takes it no more. */
  attachRequest(request: unknown): void {
    if (this.durationMs === undefined) this.#request = request;
  }

  /** Keeps who asked, and lets go of the request. */
  releaseRequest(): void {
    try {
      this.#actor ??= principalOf(this.#request);
    } finally {
      this.#request = undefined;
    }
  }

  /** The class of what was thrown, or the status of an answer that failed on the server's side; absent on success. */
  get errorType(): string | undefined {
    if (this.aborted) return 'aborted';
    if (this.status === undefined || this.status < 500) return undefined;
    return this.error === undefined ? String(this.status) : errorType(this.error);
  }
}

const NO_OPT_OUTS: ReadonlySet<string> = new Set();
