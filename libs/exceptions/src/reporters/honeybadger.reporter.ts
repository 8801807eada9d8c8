import { createRequire } from 'node:module';
import type { ServiceIdentity } from '#observation';
import type { ExceptionReport, ThrownError } from '../exception-report.js';
import type { ExceptionReporter } from '../exception-reporter.js';
import type { HoneybadgerOptions } from './honeybadger.options.js';
import { optionalPackage } from './optional-package.js';
import { post } from './post.js';

/** What a notice is sent through. */
interface Transport {
  defaultHeaders(): Record<string, string>;
  send(
    options: { readonly endpoint: string; readonly headers: Record<string, string> },
    payload: unknown,
  ): Promise<{ statusCode: number; body: string }>;
}

/** The package's client as it is without Node's part, which is where listeners and exits are. */
interface Core {
  readonly Client: new (options: object, transport: Transport) => { notifyAsync(notice: object): Promise<void> };
}

const ENDPOINT = 'https://api.honeybadger.io';

interface Settings {
  readonly apiKey: string;
  readonly endpoint: string;
}

/**
 * Reports to Honeybadger through the client class of its package with a transport of our own: the package's has no
 * time limit and drops the port of the endpoint. The process-wide client, its listeners and its exits are never made.
 */
export class HoneybadgerReporter implements ExceptionReporter {
  readonly name = 'honeybadger';

  private constructor(
    private readonly core: Core,
    private readonly settings: Settings,
    private readonly service: ServiceIdentity,
    readonly deadlineMs: number,
  ) {}

  static async load(
    { apiKey, endpoint = ENDPOINT, timeoutMs = 5_000 }: HoneybadgerOptions & { apiKey: string },
    service: ServiceIdentity,
  ): Promise<HoneybadgerReporter> {
    if (!URL.canParse(endpoint)) {
      throw new Error(`ExceptionsModule: honeybadger.endpoint is "${endpoint}". Use an address such as ${ENDPOINT}.`);
    }
    const core = await optionalPackage('@honeybadger-io/js', 'honeybadger', async () => {
      // The class stands in a package of its own, which the installed one brings along.
      const installed = createRequire(import.meta.url).resolve('@honeybadger-io/js');
      return createRequire(installed)('@honeybadger-io/core') as Core;
    });
    return new HoneybadgerReporter(core, { apiKey, endpoint }, service, timeoutMs);
  }

  async report(report: ExceptionReport, signal: AbortSignal): Promise<void> {
    await this.#clientFor(signal).notifyAsync(this.#noticeOf(report));
  }

  async close(): Promise<void> {}

  /** A client is a plain object without timers, so each report has one, with the signal that ends it. */
  #clientFor(signal: AbortSignal): InstanceType<Core['Client']> {
    const transport: Transport = {
      defaultHeaders: () => ({}),
      async send({ endpoint, headers }, payload) {
        const body = await post({ url: endpoint, headers, body: JSON.stringify(payload) }, signal);
        return { statusCode: 201, body: body || '{}' };
      },
    };
    return new this.core.Client(
      {
        ...this.settings,
        environment: this.service.environment,
        revision: this.service.version,
        hostname: this.service.instance,
        projectRoot: process.cwd(),
        reportData: true,
        developmentEnvironments: [],
        breadcrumbsEnabled: false,
        logger: SILENT,
      },
      transport,
    );
  }

  #noticeOf({ thrown, issue, request, traceId, spanId, tags, extra, handled }: ExceptionReport): object {
    const [route, action] = [request?.route ?? issue.culprit, request?.handler];
    return {
      ...chainOf(thrown, 0),
      fingerprint: issue.id,
      component: route,
      action,
      context: {
        ...tags,
        trace_id: traceId,
        span_id: spanId,
        request_id: request?.requestId,
        service: this.service.name,
        handled,
        extra,
      },
    };
  }
}

/** Failures are told by the delivery, which counts them. */
const SILENT = { log() {}, info() {}, debug() {}, warn() {}, error() {} };

function chainOf(thrown: readonly ThrownError[], place: number): object {
  const { type, message, stack } = thrown[place]!;
  const cause = thrown.findIndex(({ causeOf }) => causeOf === place);
  return {
    name: type,
    message,
    stack: stack ?? `${type}: ${message}`,
    ...(cause > 0 && { cause: chainOf(thrown, cause) }),
  };
}
