import { setTimeout as sleep } from 'node:timers/promises';
import type { INestApplicationContext } from '@nestjs/common';
import type { ReadableSpan } from '@opentelemetry/sdk-trace';
import { type AuditRecord, AuditTrail } from '#audit';
import { type ExceptionReport, ExceptionTracker } from '#exceptions';
import { HealthChecker, type HealthReport } from '#health';
import { installLogger } from '#logging';
import { MetricRegistry } from '#metrics';
import { Tracing } from '#tracing';
import type { LogLine, Recording } from './recording.js';

const SETTLE_MS = 5_000;

/** All that the patterns told of one trace. */
export interface ToldOfTrace {
  readonly lines: readonly LogLine[];
  readonly spans: readonly ReadableSpan[];
  readonly reports: readonly ExceptionReport[];
  readonly records: readonly AuditRecord[];
}

type Facts = Readonly<Record<string, unknown>>;

/**
 * What an app under test told through its six patterns. The methods that end in a past participle find the one thing
 * they ask for, and fail with a list of what there was instead.
 */
export class ObservedSignals {
  #app?: INestApplicationContext;

  constructor(private readonly recording: Recording) {}

  get logLines(): readonly LogLine[] {
    return this.recording.lines;
  }

  get spans(): readonly ReadableSpan[] {
    return this.recording.spans;
  }

  get reports(): readonly ExceptionReport[] {
    return this.recording.reports;
  }

  get auditRecords(): readonly AuditRecord[] {
    return this.recording.audit.records.map(({ record }) => record);
  }

  /** Begins to listen to an app; call it before `init()`, so that its first lines are seen too. */
  attach(app: INestApplicationContext): this {
    this.#app = app;
    installLogger(app);
    return this;
  }

  /** Forgets what was told up to now; metrics and issues go on counting. */
  clear(): void {
    this.recording.clear();
  }

  /** Waits until nothing is on its way any more: records and reports are written after the call that they tell of. */
  async settled(): Promise<void> {
    const deadline = performance.now() + SETTLE_MS;
    const sources = [this.#get(AuditTrail), this.#get(ExceptionTracker), this.#get(Tracing)];
    const underWay = (): boolean => sources.some((source) => source.deliveries().some(({ inFlight }) => inFlight > 0));
    while (underWay()) {
      if (performance.now() > deadline) throw new Error(`Signals are still on their way after ${SETTLE_MS} ms.`);
      await sleep(5);
    }
  }

  /** The line whose text matches. */
  logged(text: string | RegExp, facts: Facts = {}): LogLine {
    const matches = ({ msg }: LogLine): boolean => (typeof text === 'string' ? msg.includes(text) : text.test(msg));
    return only(
      'log line',
      `${text}`,
      this.logLines,
      (line) => matches(line) && has(line, facts),
      ({ msg }) => msg,
    );
  }

  /** The span of that name. */
  traced(name: string, attributes: Facts = {}): ReadableSpan {
    const matches = (span: ReadableSpan): boolean => span.name === name && has(span.attributes, attributes);
    return only('span', name, this.spans, matches, (span) => span.name);
  }

  /** The report of an exception of that type. */
  reported(type: string, facts: Facts = {}): ExceptionReport {
    const matches = (report: ExceptionReport): boolean => report.thrown[0].type === type && has(report, facts);
    return only('exception', type, this.reports, matches, ({ thrown }) => `${thrown[0].type}: ${thrown[0].message}`);
  }

  /** The audit record of that action. */
  audited(event: string, facts: Facts = {}): AuditRecord {
    const matches = (record: AuditRecord): boolean => record.event === event && has(record, facts);
    return only('audit record', event, this.auditRecords, matches, (record) => `${record.event} ${record.outcome}`);
  }

  /** The value of a metric as `/metrics` would show it, summed over the series that have these labels; 0 without any. */
  async metric(name: string, labels: Readonly<Record<string, string>> = {}): Promise<number> {
    const families = await this.#get(MetricRegistry).instruments.getMetricsAsJSON();
    const samples = families.flatMap((family) =>
      (family.values as { value: number; labels: object; metricName?: string }[]).map((sample) => ({
        ...sample,
        name: sample.metricName ?? family.name,
      })),
    );
    const wanted = samples.filter((sample) => sample.name === name && has(sample.labels, labels));
    return wanted.reduce((sum, { value }) => sum + value, 0);
  }

  /** How the app, or one group of its checks, is. */
  async health(group?: string): Promise<HealthReport> {
    const report = await this.#get(HealthChecker).check(group);
    if (report === undefined) throw new Error(`ObservedSignals: there is no health group "${group}".`);
    return report;
  }

  /** What all patterns told of one trace, such as that of an answer's `x-trace-id`. */
  ofTrace(traceId: string): ToldOfTrace {
    return {
      lines: this.logLines.filter((line) => line['trace_id'] === traceId),
      spans: this.spans.filter((span) => span.spanContext().traceId === traceId),
      reports: this.reports.filter((report) => report.traceId === traceId),
      records: this.auditRecords.filter(({ trace }) => trace?.traceId === traceId),
    };
  }

  #get<T>(type: abstract new (...args: never[]) => T): T {
    if (this.#app === undefined) {
      throw new Error('ObservedSignals: no app is attached. Call signals.attach(app) before app.init().');
    }
    return this.#app.get(type as never);
  }
}

function has(actual: object, facts: Facts): boolean {
  return Object.entries(facts).every(([name, wanted]) => {
    const value = (actual as Facts)[name];
    return typeof wanted === 'object' && wanted !== null && typeof value === 'object' && value !== null
      ? has(value, wanted as Facts)
      : value === wanted;
  });
}

function only<T>(
  what: string,
  wanted: string,
  all: readonly T[],
  matches: (one: T) => boolean,
  say: (one: T) => string,
): T {
  const found = all.filter(matches);
  if (found.length === 1) return found[0]!;
  const seen = all.map((one) => `  ${say(one)}`).join('\n') || '  nothing';
  throw new Error(`There are ${found.length} of the ${what} "${wanted}", not one. What was told:\n${seen}`);
}
