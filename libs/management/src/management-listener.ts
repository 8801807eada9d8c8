import type { IncomingMessage, ServerResponse } from 'node:http';
import { Frame, type Observations, pathOf, runInFrame } from '#observation';
import type { Access } from './access.js';
import { readJsonBody } from './json-body.js';
import type { ManagementResponse } from './management-endpoint.js';
import type { ManagementEndpoints } from './management-endpoints.js';
import { problem } from './problem.js';

const MAX_HEADERS = 100;

/** Answers a request with the endpoint that it is for; whatever goes wrong becomes an answer, too. */
export class ManagementListener {
  readonly #frame: Frame;

  constructor(
    private readonly endpoints: ManagementEndpoints,
    private readonly access: Access,
    private readonly observations: Observations,
  ) {
    // Log lines of a page belong to its app, and what it asks of other services is nobody's traffic.
    this.#frame = new Frame(observations, undefined, undefined, true);
  }

  async answer(incoming: IncomingMessage, outgoing: ServerResponse): Promise<void> {
    try {
      send(outgoing, await runInFrame(this.#frame, () => this.#respond(incoming)));
    } catch (error) {
      this.observations.internalErrors.record('management', error);
      send(outgoing, problem(500, 'This page failed; the log of the service says why.'));
    }
  }

  async #respond(incoming: IncomingMessage): Promise<ManagementResponse> {
    const { method = 'GET', url = '/', headers, rawHeaders } = incoming;
    // Node drops what exceeds its own limit without a word, and that may be the very header that matters.
    if (rawHeaders.length > 2 * MAX_HEADERS) return problem(431, `Send at most ${MAX_HEADERS} headers.`);
    const path = pathOf(url);
    const found = this.endpoints.find(method, path);
    if (!('endpoint' in found)) return missing(method, path, found.allowed);
    const { endpoint, params } = found;
    const query = new URLSearchParams(url.slice(path.length));
    const request = { method, path, params, query, headers, body: undefined };
    const refusal = await this.access.refusal(incoming, endpoint, path);
    if (endpoint.method === 'GET') {
      return refusal === undefined ? endpoint.handle(request) : (endpoint.withoutAccess?.(request) ?? refusal);
    }
    const body = refusal === undefined ? await readJsonBody(incoming) : { refusal };
    const value = 'refusal' in body ? undefined : body.value;
    const response = 'refusal' in body ? body.refusal : await endpoint.handle({ ...request, body: value });
    const { status = 200 } = response;
    const callerAddress = incoming.socket.remoteAddress;
    this.endpoints.wrote({ method: endpoint.method, path, body: value, status, callerAddress });
    return response;
  }
}

function missing(method: string, path: string, allowed: readonly string[]): ManagementResponse {
  if (allowed.length === 0) return problem(404, `There is no page at ${path}.`);
  const allow = allowed.join(', ');
  return problem(405, `${path} does not take ${method}. Use one of ${allow}.`, { allow });
}

function send(outgoing: ServerResponse, { status = 200, headers = {}, body }: ManagementResponse): void {
  const text = typeof body === 'string' || body === undefined ? body : JSON.stringify(body);
  outgoing.statusCode = status;
  outgoing.setHeader('cache-control', 'no-store');
  outgoing.setHeader('x-content-type-options', 'nosniff');
  if (text !== undefined) {
    outgoing.setHeader('content-type', typeof body === 'string' ? 'text/plain; charset=utf-8' : 'application/json');
    outgoing.setHeader('content-length', Buffer.byteLength(text));
  }
  for (const [name, value] of Object.entries(headers)) outgoing.setHeader(name, value);
  outgoing.end(text);
}
