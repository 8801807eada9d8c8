import { once } from 'node:events';
import http, { type IncomingHttpHeaders, type ServerResponse } from 'node:http';
import { text } from 'node:stream/consumers';

export type ReceiverMode = 'answering' | 'silent' | number;

export interface ReceivedReport {
  readonly path: string;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

/** Sentry and Honeybadger on loopback, as difficult as real receivers can be. */
export class ReportReceiver implements AsyncDisposable {
  mode: ReceiverMode = 'answering';
  /** What came in and was answered well. */
  readonly accepted: ReceivedReport[] = [];
  requests = 0;
  mostAtOnce = 0;
  #open = 0;
  readonly #server = http.createServer(async (request, response) => {
    this.requests += 1;
    this.#open += 1;
    this.mostAtOnce = Math.max(this.mostAtOnce, this.#open);
    response.once('close', () => (this.#open -= 1));
    const body = await text(request).catch(() => '');
    this.#answer(response, { path: request.url ?? '', headers: request.headers, body });
  });

  static async start(): Promise<ReportReceiver> {
    const receiver = new ReportReceiver();
    receiver.#server.listen(0, '127.0.0.1');
    await once(receiver.#server, 'listening');
    return receiver;
  }

  get url(): string {
    return `http://127.0.0.1:${this.#port}`;
  }

  get dsn(): string {
    return `http://public@127.0.0.1:${this.#port}/7`;
  }

  /** The events in the envelopes that Sentry has been sent. */
  get events(): Record<string, any>[] {
    return this.accepted
      .filter(({ path }) => path.startsWith('/api/7/envelope/'))
      .map(({ body }) => JSON.parse(body.split('\n')[2]!) as Record<string, any>);
  }

  /** The notices that Honeybadger has been sent. */
  get notices(): Record<string, any>[] {
    return this.accepted
      .filter(({ path }) => path === '/v1/notices/js')
      .map(({ body }) => JSON.parse(body) as Record<string, any>);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#server.closeAllConnections();
    await new Promise((resolve) => this.#server.close(resolve));
  }

  get #port(): number {
    return (this.#server.address() as { port: number }).port;
  }

  #answer(response: ServerResponse, received: ReceivedReport): void {
    if (this.mode === 'silent') return;
    const status = this.mode === 'answering' ? (received.path.startsWith('/v1/') ? 201 : 200) : this.mode;
    if (this.mode === 'answering') this.accepted.push(received);
    response.writeHead(status, { 'content-type': 'application/json' });
    response.end('{"id":"11111111-2222-4333-8444-555555555555"}');
  }
}
