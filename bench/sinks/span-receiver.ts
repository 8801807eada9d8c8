import type { IncomingMessage } from 'node:http';
import { buffer } from 'node:stream/consumers';
import { createGunzip } from 'node:zlib';
import { LoopbackServer } from '../loopback-server.ts';
import { countSpans } from './otlp-spans.ts';

const TRACES_PATH = '/v1/traces';

/** An OTLP/HTTP receiver that counts the spans that reach it; what is sent elsewhere, as to Sentry, it takes unread. */
export class SpanReceiver implements AsyncDisposable {
  /** How many spans have arrived. */
  count = 0;
  /** Why a delivery could not be read; such spans count as lost. */
  trouble: string | undefined;
  #server!: LoopbackServer;

  static async open(): Promise<SpanReceiver> {
    const receiver = new SpanReceiver();
    receiver.#server = await LoopbackServer.open((request, response) => {
      const { 'content-type': type = 'application/json' } = request.headers;
      // An answer is in the format of the question; no bytes at all are an empty message.
      const empty = type === 'application/x-protobuf' ? '' : '{}';
      void receiver.#receive(request).then((status) => response.writeHead(status, { 'content-type': type }).end(empty));
    });
    return receiver;
  }

  get url(): string {
    return this.#server.url(TRACES_PATH);
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

  [Symbol.asyncDispose](): Promise<void> {
    return this.#server[Symbol.asyncDispose]();
  }
}
