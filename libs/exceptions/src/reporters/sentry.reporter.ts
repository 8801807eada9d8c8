import type { ErrorEvent, NodeClient, NodeOptions, StackFrame } from '@sentry/nestjs';
import type { ServiceIdentity } from '#observation';
import type { ExceptionReport, ThrownError } from '../exception-report.js';
import type { ExceptionReporter } from '../exception-reporter.js';
import { optionalPackage } from './optional-package.js';
import { post } from './post.js';
import type { SentryOptions } from './sentry.options.js';

type Sentry = typeof import('@sentry/nestjs');

/** Reports are made here, without secrets; the package is to add nothing by itself, in no version of it. */
export const NOTHING_COLLECTED = {
  userInfo: false,
  cookies: false,
  httpHeaders: { request: false, response: false },
  httpBodies: [],
  urlQueryParams: false,
  graphQL: { document: false, variables: false },
  genAI: { inputs: false, outputs: false },
  mcp: { inputs: false, outputs: false },
  databaseQueryData: false,
  queues: false,
  stackFrameVariables: false,
  frameContextLines: 0,
};

interface Sending {
  readonly signal: AbortSignal;
  resolve(): void;
  reject(error: unknown): void;
}

/**
 * Reports to Sentry through a client of its own: no `Sentry.init()`, so nothing in the process is patched, listened to
 * or taken over, and two apps have one each. Its transport has a total deadline, which the package's has not.
 */
export class SentryReporter implements ExceptionReporter {
  readonly name = 'sentry';
  readonly #sending = new Map<string, Sending>();
  readonly #client: NodeClient;

  private constructor(
    private readonly sentry: Sentry,
    dsn: string,
    service: ServiceIdentity,
    readonly deadlineMs: number,
  ) {
    this.#client = new sentry.NodeClient({
      dsn,
      environment: service.environment,
      release: `${service.name}@${service.version}`,
      serverName: service.instance,
      integrations: [],
      stackParser: sentry.defaultStackParser,
      sendClientReports: false,
      enableRuntimeChannelInjection: false,
      skipOpenTelemetrySetup: true,
      dataCollection: NOTHING_COLLECTED,
      transport: (options: Parameters<Sentry['createTransport']>[0] & { url: string }) => ({
        send: (envelope: never) => this.#send(envelope, options),
        flush: async () => true,
      }),
    } as unknown as ConstructorParameters<typeof NodeClient>[0] & NodeOptions);
    if (this.#client.getDsn() === undefined) {
      throw new Error(
        'ExceptionsModule: sentry.dsn is no address of Sentry. Use the one of the project, https://<key>@<host>/<id>.',
      );
    }
  }

  static async load(options: SentryOptions & { dsn: string }, service: ServiceIdentity): Promise<SentryReporter> {
    const sentry = await optionalPackage('@sentry/nestjs', 'sentry', () => import('@sentry/nestjs'));
    return new SentryReporter(sentry, options.dsn, service, options.timeoutMs ?? 5_000);
  }

  report(report: ExceptionReport, signal: AbortSignal): Promise<void> {
    const scope = new this.sentry.Scope();
    scope.setClient(this.#client);
    const { traceId, spanId } = report;
    if (traceId !== undefined) {
      scope.setPropagationContext({ traceId, propagationSpanId: spanId, sampleRand: 0 });
      scope.setContext('trace', { trace_id: traceId, span_id: spanId! });
    }
    return new Promise<void>((resolve, reject) => {
      this.#sending.set(report.id, { signal, resolve, reject });
      signal.addEventListener('abort', () => reject(signal.reason as Error), { once: true });
      this.#client.captureEvent(this.#eventOf(report), { event_id: report.id }, scope);
    }).finally(() => this.#sending.delete(report.id));
  }

  async close(): Promise<void> {
    await this.#client.close(0);
  }

  /** One transport for each envelope: waiting and trying again are the delivery's business. */
  async #send(
    envelope: [{ event_id?: string }, ...unknown[]],
    options: Parameters<Sentry['createTransport']>[0] & { url: string },
  ): Promise<object> {
    const sending = this.#sending.get(envelope[0].event_id ?? '');
    if (sending === undefined) return {};
    const transport = this.sentry.createTransport(options, async ({ body }) => {
      const headers = { 'content-type': 'application/x-sentry-envelope' };
      await post({ url: options.url, headers, body: body as string | Uint8Array<ArrayBuffer> }, sending.signal);
      return {};
    });
    await transport.send(envelope as never).then(() => sending.resolve(), sending.reject);
    return {};
  }

  #eventOf({ id, time, mechanism, handled, thrown, issue, request, tags, extra }: ExceptionReport): ErrorEvent {
    const values = thrown.map((error, place) => ({
      type: error.type,
      value: error.message,
      ...(error.frames.length > 0 && { stacktrace: { frames: framesOf(error) } }),
      mechanism: {
        type: `crowsnest.${mechanism}`,
        handled,
        exception_id: place,
        ...(error.causeOf !== undefined && { parent_id: error.causeOf }),
      },
    }));
    return {
      type: undefined,
      event_id: id,
      timestamp: Date.parse(time) / 1_000,
      level: mechanism === 'crash' ? 'fatal' : 'error',
      platform: 'node',
      // Sentry wants what was thrown last.
      exception: { values: values.reverse() },
      transaction: request && `${request.method} ${request.route ?? request.handler ?? ''}`.trim(),
      request: request && { method: request.method, url: request.path },
      tags: { ...tags, issue: issue.id, ...(request && { request_id: request.requestId }) },
      ...(extra !== undefined && { extra: { extra } }),
    };
  }
}

/** Sentry wants the outermost call first. */
function framesOf({ frames }: ThrownError): StackFrame[] {
  return frames.toReversed().map((frame) => ({
    filename: frame.file,
    function: frame.function,
    lineno: frame.line,
    colno: frame.column,
    in_app: frame.inApp,
  }));
}
