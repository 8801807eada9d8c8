import { createServer, type IncomingMessage } from 'node:http';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { buffer } from 'node:stream/consumers';
import { createGunzip } from 'node:zlib';
import { countSpans } from './otlp-spans.ts';

const TRACES_PATH = '/v1/traces';

/** An OTLP/HTTP receiver that counts the spans that reach it; what is sent elsewhere, as to Sentry, it takes unread. */
export class SpanReceiver implements AsyncDisposable {
  /** How many spans have arrived. */
  count = 0;
  /** Why a delivery could not be read; such spans count as lost. */
  trouble: string | undefined;
  readonly #server = createServer((request, response) => {
    const { 'content-type': type = 'application/json' } = request.headers;
    // An answer is in the format of the question; no bytes at all are an empty message.
    const empty = type === 'application/x-protobuf' ? '' : '{}';
    void this.#receive(request).then((status) => response.writeHead(status, { 'content-type': type }).end(empty));
  });

  static async open(): Promise<SpanReceiver> {
    const receiver = new SpanReceiver();
    receiver.#server.listen(0, '127.0.0.1');
    await once(receiver.#server, 'listening');
    return receiver;
  }

  get url(): string {
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}${TRACES_PATH}`;
  }

  async #receive(request: IncomingMessage): Promise<number> {
    try {
      const body = await buffer(
        request.headers['content-encoding'] === 'gzip' ? request.pipe(createGunzip()) : request,
      );
      if (request.url === TRACES_PATH) this.count += countSpans(body, request.headers['content-type']);
      return 200;
    } catch (error) {
      this.trouble = (error as Error).message;
      return 400;
    }
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#server.closeAllConnections();
    await new Promise((closed) => this.#server.close(closed));
  }
}
