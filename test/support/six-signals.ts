import type { ObservedSignals } from '@crowsnest/observability/testing';

/** What a signal may tell of a request; a fact that it knows to be absent, such as the actor of a stranger, is null. */
export interface Told {
  readonly traceId?: string;
  readonly spanId?: string;
  readonly requestId?: string;
  readonly actorId?: string | null;
  readonly method?: string;
  readonly path?: string;
  readonly route?: string;
  readonly status?: number | null;
  readonly outcome?: string;
  readonly durationMs?: number;
}

/** Signals by name, each with what it tells of the same request. */
export type Signals = Readonly<Record<string, Told>>;

/** Line, record and report round to the microsecond, and spans keep times since 1970 in floating milliseconds. */
const DURATION_SLACK_MS = 0.002;
/** These round alike, so their durations are equal to the last digit. */
const ROUNDED_ALIKE: readonly string[] = ['access line', 'audit record', 'report'];

/** Says where signals contradict each other, one sentence each; nothing when they tell the same. */
export function contradictions(signals: Signals): string[] {
  const tellers = Object.entries(signals);
  const [[firstName, first] = ['', {}], ...others] = tellers;
  return others.flatMap(([name, told]) =>
    (Object.keys(told) as (keyof Told)[])
      .filter((fact) => fact in first && !agree(fact, first[fact], told[fact], ROUNDED_ALIKE.includes(name)))
      .map((fact) => `${fact}: ${firstName} ${first[fact]}, ${name} ${told[fact]}`),
  );
}

function agree(fact: keyof Told, one: unknown, other: unknown, toTheLastDigit: boolean): boolean {
  if (fact !== 'durationMs' || toTheLastDigit) return one === other;
  return Math.abs((one as number) - (other as number)) <= DURATION_SLACK_MS;
}

/** Reads what each signal tells of the request with this trace id; the access line, which tells everything, first. */
export function toldOf(traceId: string, signals: ObservedSignals, openMetrics: string): Signals {
  const { lines, spans, reports, records } = signals.ofTrace(traceId);
  const line = one(
    'access line',
    lines.filter(({ context }) => context === 'AccessLog'),
  );
  const span = one(
    'server span',
    spans.filter(({ attributes }) => 'url.path' in attributes),
  );
  const record = one('audit record', records);
  const report = reports.length === 0 ? undefined : one('report', reports);
  const [seconds, nanoseconds] = span.duration;
  return {
    'access line': {
      traceId: line['trace_id'] as string,
      spanId: line['span_id'] as string,
      requestId: line['request_id'] as string,
      actorId: (line['actor.id'] as string | undefined) ?? null,
      method: line['http.request.method'] as string,
      path: line['url.path'] as string,
      route: line['http.route'] as string,
      status: (line['http.response.status_code'] as number | undefined) ?? null,
      outcome: line['outcome'] as string,
      durationMs: line['duration_ms'] as number,
    },
    span: {
      traceId: span.spanContext().traceId,
      spanId: span.spanContext().spanId,
      requestId: span.attributes['crowsnest.request_id'] as string,
      actorId: (span.attributes['enduser.id'] as string | undefined) ?? null,
      method: span.attributes['http.request.method'] as string,
      path: span.attributes['url.path'] as string,
      route: span.attributes['http.route'] as string,
      status: (span.attributes['http.response.status_code'] as number | undefined) ?? null,
      outcome: span.attributes['crowsnest.outcome'] as string,
      durationMs: seconds * 1_000 + nanoseconds / 1e6,
    },
    sample: sampleOf(traceId, openMetrics),
    ...(report && {
      report: {
        traceId: report.traceId!,
        spanId: report.spanId!,
        requestId: report.request!.requestId,
        actorId: report.request!.actor?.id ?? null,
        method: report.request!.method,
        path: report.request!.path,
        route: report.request!.route!,
        status: report.request!.status ?? null,
        outcome: report.request!.outcome!,
        durationMs: report.request!.durationMs!,
      },
    }),
    'audit record': {
      traceId: record.trace!.traceId,
      spanId: record.trace!.spanId,
      requestId: record.request!.id!,
      actorId: record.actor.id === 'anonymous' ? null : record.actor.id,
      method: record.request!.method!,
      route: record.request!.route!,
      status: record.request!.status ?? null,
      outcome: record.outcome,
      durationMs: record.request!.durationMs!,
    },
  };
}

/** The one sample of its series, by the exemplar that points to the trace. */
function sampleOf(traceId: string, openMetrics: string): Told {
  const name = 'http_server_request_duration_seconds';
  const bucket = one(
    'exemplar',
    openMetrics.split('\n').filter((line) => line.startsWith(`${name}_bucket{`) && line.includes(traceId)),
  );
  const [, exemplar, seconds] = / # \{(.*)\} (\S+) /.exec(bucket)!;
  const label = (text: string, wanted: string): string => new RegExp(`${wanted}="([^"]*)"`).exec(text)![1]!;
  const series = (line: string): boolean =>
    line.startsWith(`${name}_count{`) &&
    ['http_request_method', 'http_route', 'http_response_status_code'].every((wanted) =>
      line.includes(`${wanted}="${label(bucket, wanted)}"`),
    );
  const count = one('series', openMetrics.split('\n').filter(series));
  if (!count.endsWith(' 1')) throw new Error(`One request counts as ${count}.`);
  const status = label(bucket, 'http_response_status_code');
  return {
    traceId: label(exemplar!, 'trace_id'),
    spanId: label(exemplar!, 'span_id'),
    method: label(bucket, 'http_request_method'),
    route: label(bucket, 'http_route'),
    status: status === '' ? null : Number(status),
    durationMs: Number(seconds) * 1_000,
  };
}

function one<T>(what: string, all: readonly T[]): T {
  if (all.length !== 1) throw new Error(`There are ${all.length} of what tells one request: ${what}.`);
  return all[0]!;
}
