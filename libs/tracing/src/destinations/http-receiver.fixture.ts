import { once } from 'node:events';
import { buffer } from 'node:stream/consumers';
import http, { type IncomingHttpHeaders, type ServerResponse } from 'node:http';

export type ReceiverMode = 'answering' | 'silent' | 'dripping' | number;

export interface Received {
  readonly path: string;
  readonly headers: IncomingHttpHeaders;
  readonly body: Buffer;
}

/** A receiver of signals on loopback that can be as difficult as real ones are. */
export class HttpReceiver implements AsyncDisposable {
  mode: ReceiverMode = 'answering';
  answerHeaders: Record<string, string> = {};
  /** What came in and was answered well. */
  readonly accepted: Received[] = [];
  /** All that came in. */
  requests = 0;
  /** Answers under way at the same time, at most. */
  mostAtOnce = 0;
  #open = 0;
  readonly #server = http.createServer(async (request, response) => {
    this.requests += 1;
    this.#open += 1;
    this.mostAtOnce = Math.max(this.mostAtOnce, this.#open);
    response.once('close', () => (this.#open -= 1));
    const body = await buffer(request).catch(() => Buffer.of());
    this.#answer(response, { path: request.url ?? '', headers: request.headers, body });
  });

  static async start(): Promise<HttpReceiver> {
    const receiver = new HttpReceiver();
    receiver.#server.listen(0, '127.0.0.1');
    await once(receiver.#server, 'listening');
    return receiver;
  }

  get url(): string {
    return `http://127.0.0.1:${(this.#server.address() as { port: number }).port}`;
  }

  /** How many connections are open. */
  connections(): Promise<number> {
    return new Promise((resolve, reject) => {
      this.#server.getConnections((error, count) => (error ? reject(error) : resolve(count)));
    });
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#server.closeAllConnections();
    await new Promise((resolve) => this.#server.close(resolve));
  }

  #answer(response: ServerResponse, received: Received): void {
    if (this.mode === 'silent') return;
    if (this.mode === 'dripping') return this.#drip(response);
    response.writeHead(this.mode === 'answering' ? 200 : this.mode, this.answerHeaders);
    response.end();
    if (this.mode === 'answering') this.accepted.push(received);
  }

  #drip(response: ServerResponse): void {
    response.writeHead(200);
    const timer = setInterval(() => response.write(' '), 20);
    response.once('close', () => clearInterval(timer));
  }
}
