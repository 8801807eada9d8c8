import { once } from 'node:events';
import http, { type ServerResponse } from 'node:http';
import { text } from 'node:stream/consumers';

/** What one report says, whoever it was for. */
export interface ReceivedException {
  readonly to: 'sentry' | 'honeybadger';
  readonly type: string;
  readonly message: string;
  readonly traceId: string | undefined;
}

interface SentryEvent {
  exception: { values: { type: string; value: string }[] };
  contexts: { trace?: { trace_id: string } };
}

interface HoneybadgerNotice {
  error: { class: string; message: string };
  request: { context: { trace_id?: string } };
}

/** Sentry and Honeybadger on loopback. */
export class ReportReceiver implements AsyncDisposable {
  /** Takes what it is sent and never answers. */
  isSilent = false;
  readonly exceptions: ReceivedException[] = [];
  readonly #server = http.createServer(async (request, response) => {
    const body = await text(request).catch(() => '');
    if (!this.isSilent) this.#receive(request.url ?? '', body, response);
  });

  static async start(): Promise<ReportReceiver> {
    const receiver = new ReportReceiver();
    receiver.#server.listen(0, '127.0.0.1');
    await once(receiver.#server, 'listening');
    return receiver;
  }

  /** The variables by which an app reports here. */
  get env(): NodeJS.ProcessEnv {
    const { port } = this.#server.address() as { port: number };
    return {
      SENTRY_DSN: `http://public@127.0.0.1:${port}/7`,
      HONEYBADGER_API_KEY: 'hbp_key',
      HONEYBADGER_ENDPOINT: `http://127.0.0.1:${port}`,
    };
  }

  to(receiver: ReceivedException['to']): ReceivedException[] {
    return this.exceptions.filter((exception) => exception.to === receiver);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#server.closeAllConnections();
    await new Promise((resolve) => this.#server.close(resolve));
  }

  #receive(path: string, body: string, response: ServerResponse): void {
    if (path.startsWith('/api/7/envelope/')) {
      const { exception, contexts } = JSON.parse(body.split('\n')[2]!) as SentryEvent;
      const { type, value } = exception.values.at(-1)!;
      this.exceptions.push({ to: 'sentry', type, message: value, traceId: contexts.trace?.trace_id });
      response.end('{}');
      return;
    }
    const { error, request } = JSON.parse(body) as HoneybadgerNotice;
    this.exceptions.push({
      to: 'honeybadger',
      type: error.class,
      message: error.message,
      traceId: request.context.trace_id,
    });
    response.writeHead(201).end('{"id":"11111111-2222-4333-8444-555555555555"}');
  }
}
