import { type IncomingMessage, request } from 'node:http';
import { text } from 'node:stream/consumers';

export interface RawRequest {
  readonly method?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
}

export interface RawResponse {
  readonly status: number | undefined;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly text: string;
  readonly json: () => Record<string, unknown>;
}

/** Sends a request on a connection of its own; unlike `fetch` it lets every header be forged, `Host` too. */
export async function send(url: string, { method = 'GET', headers, body }: RawRequest = {}): Promise<RawResponse> {
  const incoming = await new Promise<IncomingMessage>((resolve, reject) => {
    request(url, { method, headers, agent: false }, resolve).on('error', reject).end(body);
  });
  const answer = await text(incoming);
  return {
    status: incoming.statusCode,
    headers: incoming.headers,
    text: answer,
    json: () => JSON.parse(answer) as Record<string, unknown>,
  };
}

/** A write as a well-behaved client sends it. */
export function write(body: unknown, headers: Readonly<Record<string, string>> = {}): RawRequest {
  return {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body: body === undefined ? '' : JSON.stringify(body),
  };
}
