import { SpanKind, SpanStatusCode } from '@opentelemetry/api';
import { hrTimeToMicroseconds } from '@opentelemetry/core';
import type { ReadableSpan } from '@opentelemetry/sdk-trace';
import { RetryableError } from '#delivery';
import type { SpanDestination } from '../span-destination.js';
import type { ZipkinOptions } from './zipkin.options.js';

const KINDS: Partial<Record<SpanKind, string>> = {
  [SpanKind.SERVER]: 'SERVER',
  [SpanKind.CLIENT]: 'CLIENT',
  [SpanKind.PRODUCER]: 'PRODUCER',
  [SpanKind.CONSUMER]: 'CONSUMER',
};

/** Sends spans to Zipkin's API, version 2; OpenTelemetry's exporter for it waits for ever and is given up. */
export class ZipkinDestination implements SpanDestination {
  readonly name = 'zipkin';
  readonly deadlineMs: number;
  readonly #url: URL;
  readonly #headers: Record<string, string>;

  constructor(options: ZipkinOptions & { url: string }) {
    this.#url = new URL(options.url);
    if (this.#url.pathname === '/') this.#url.pathname = '/api/v2/spans';
    this.#headers = { ...options.headers, 'content-type': 'application/json' };
    this.deadlineMs = options.timeoutMs ?? 5_000;
  }

  async send(spans: readonly ReadableSpan[], signal: AbortSignal): Promise<void> {
    const body = JSON.stringify(spans.map(zipkinSpan));
    const request = { method: 'POST', headers: this.#headers, body, signal, redirect: 'manual' } as const;
    const response = await fetch(this.#url, request).catch((cause: unknown) => {
      throw new RetryableError('zipkin: the server was not reached', { cause });
    });
    await response.body?.cancel();
    if (response.ok) return;
    const message = `zipkin: the server answered ${response.status}`;
    if (response.status !== 429 && response.status < 500) throw new Error(message);
    throw new RetryableError(message, {
      retryAfterMs: Number(response.headers.get('retry-after')) * 1_000 || undefined,
    });
  }

  async close(): Promise<void> {}
}

/** Mapping: OpenTelemetry specification, trace/sdk_exporters/zipkin. */
function zipkinSpan(span: ReadableSpan): object {
  const { traceId, spanId } = span.spanContext();
  const tags = tagsOf(span.attributes);
  const { code, message } = span.status;
  if (code !== SpanStatusCode.UNSET) tags['otel.status_code'] = SpanStatusCode[code];
  if (code === SpanStatusCode.ERROR) tags['error'] = message ?? tags['error.type'] ?? 'true';
  return {
    traceId,
    id: spanId,
    parentId: span.parentSpanContext?.spanId,
    name: span.name,
    kind: KINDS[span.kind],
    timestamp: Math.round(hrTimeToMicroseconds(span.startTime)),
    duration: Math.max(1, Math.round(hrTimeToMicroseconds(span.duration))),
    localEndpoint: { serviceName: String(span.resource.attributes['service.name']).toLowerCase() },
    annotations: span.events.map(({ name, time }) => ({
      timestamp: Math.round(hrTimeToMicroseconds(time)),
      value: name,
    })),
    tags,
  };
}

function tagsOf(attributes: object): Record<string, string> {
  return Object.fromEntries(
    Object.entries(attributes).map(([key, value]) => [key, typeof value === 'string' ? value : JSON.stringify(value)]),
  );
}
