import { createServer, type IncomingMessage } from 'node:http';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { json } from 'node:stream/consumers';
import { createGunzip } from 'node:zlib';

interface OtlpTraces {
  resourceSpans?: { scopeSpans?: { spans?: unknown[] }[] }[];
}

/** An OTLP/HTTP receiver that counts the spans that reach it. */
export class SpanReceiver implements AsyncDisposable {
  /** How many spans have arrived. */
  count = 0;
  /** Why a delivery could not be read; such spans count as lost. */
  trouble: string | undefined;
  readonly #server = createServer((request, response) => {
    void this.#receive(request).then((status) => response.writeHead(status).end('{}'));
  });

  static async open(): Promise<SpanReceiver> {
    const receiver = new SpanReceiver();
    receiver.#server.listen(0, '127.0.0.1');
    await once(receiver.#server, 'listening');
    return receiver;
  }

  get url(): string {
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}/v1/traces`;
  }

  async #receive(request: IncomingMessage): Promise<number> {
    try {
      const type = request.headers['content-type'];
      if (!type?.startsWith('application/json')) throw new Error(`spans came as ${type} and not as JSON`);
      const body = request.headers['content-encoding'] === 'gzip' ? request.pipe(createGunzip()) : request;
      const { resourceSpans = [] } = (await json(body)) as OtlpTraces;
      for (const { spans = [] } of resourceSpans.flatMap(({ scopeSpans = [] }) => scopeSpans)) {
        this.count += spans.length;
      }
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
