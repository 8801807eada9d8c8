import type { ReadableSpan, SpanProcessor } from '@opentelemetry/sdk-trace';
import type { ExceptionReport, ExceptionReporter } from '#exceptions';
import { MemoryStore } from '#audit';
import type { LogDestination } from '#logging';

/** One line of the log, as it would have been written. */
export type LogLine = { readonly level: number; readonly msg: string; readonly [field: string]: unknown };

/** Keeps what the patterns send out, in memory and in the order in which it came. */
export class Recording {
  readonly lines: LogLine[] = [];
  readonly spans: ReadableSpan[] = [];
  readonly reports: ExceptionReport[] = [];
  readonly audit = new MemoryStore();

  readonly destination: LogDestination = {
    write: (line: string) => void this.lines.push(JSON.parse(line) as LogLine),
  };

  readonly spanProcessor: SpanProcessor = {
    onStart: () => undefined,
    onEnd: (span) => void this.spans.push(span),
    forceFlush: () => Promise.resolve(),
    shutdown: () => Promise.resolve(),
  };

  readonly reporter: ExceptionReporter = {
    name: 'recording',
    report: (report) => void this.reports.push(report),
    close: () => Promise.resolve(),
  };

  clear(): void {
    this.lines.length = this.spans.length = this.reports.length = this.audit.records.length = 0;
  }
}
