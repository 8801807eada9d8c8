import type { ClientRequest, IncomingMessage } from 'node:http';
import type { ChannelListener } from './http-client.edge.js';
import { HttpClientObservation, type RequestTarget, type RequestTargets } from './http-client-observation.js';

/** An answer that nobody reads never closes its request: such a call ends this long after its headers came. */
const UNREAD_ANSWER_MS = 30_000;

/** What became of an answer that its reader destroyed. */
const LEFT = new DOMException('The caller stopped reading the answer.', 'AbortError');

/** `http`, `https` and everything built on them. Channels: Node's diagnostics_channel documentation, HTTP. */
export const NODE_HTTP_CHANNELS: Record<string, ChannelListener> = {
  // `http.client.request.start` would be too late: the headers are out by then.
  'http.client.request.created': (calls, { request }: { request: ClientRequest }) => {
    const isObserved = calls.start(
      request,
      () =>
        new HttpClientObservation(request.method, targetOfRequest(calls.targets, request), (name, value) =>
          setHeader(request, name, value),
        ),
    );
    if (!isObserved) return;
    request.once('close', () => {
      const answer = (request as { res?: IncomingMessage }).res;
      calls.stop(request, answer?.complete === false ? (answer.errored ?? LEFT) : undefined);
    });
  },
  // In spite of its name it is published when the headers of the answer have come.
  'http.client.response.finish': (
    calls,
    { request, response }: { request: ClientRequest; response: IncomingMessage },
  ) => {
    calls.answered(request, response.statusCode ?? 0, response.socket.remotePort);
    if (response.readableFlowing === null) calls.expireIn(UNREAD_ANSWER_MS, request);
  },
  'http.client.request.error': (calls, { request, error }: { request: object; error: unknown }) =>
    calls.stop(request, error),
};

/** Headers given as an array, and `Expect: 100-continue`, are sent before anybody could add to them. */
function setHeader(request: ClientRequest, name: string, value: string): boolean {
  if (request.headersSent) return false;
  if (!request.hasHeader(name)) request.setHeader(name, value);
  return true;
}

/** Headers given as an array cannot be read: the port is then known only once there is a connection. */
function targetOfRequest(targets: RequestTargets, request: ClientRequest): RequestTarget {
  const { protocol, host, path } = request;
  const header = request.getHeader('host');
  const known = typeof header === 'string' ? targets.of(`${protocol}//${header}`, path) : undefined;
  return known ?? { scheme: protocol.slice(0, -1), host, path };
}
