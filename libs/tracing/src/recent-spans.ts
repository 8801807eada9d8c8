import { SpanStatusCode } from '@opentelemetry/api';
import { hrTimeToMilliseconds } from '@opentelemetry/core';
import type { ReadableSpan, SpanProcessor } from '@opentelemetry/sdk-trace';
import type { Scrubber } from '#redaction';
import { FINISHED_KINDS } from './finished-observation.js';
import { OBSERVATION_SCOPE } from './observation-scope.js';
import type { RecentObservations } from './recent-observations.js';

/** What is worth remembering of a span that somebody else made; never the values that a statement was given. */
const TOLD = /^(?:db\.(?!.*(?:parameter|values))|messaging\.|rpc\.|server\.|code\.)/;
const MAX_TEXT = 256;

/** Remembers the spans of users and of other instrumentations beside the suite's own observations. */
export class RecentSpans implements SpanProcessor {
  constructor(
    private readonly recent: RecentObservations,
    private readonly scrubber: Scrubber,
  ) {}

  onStart(): void {}

  onEnd(span: ReadableSpan): void {
    // Observations are remembered by their handler, unsampled ones too.
    if (this.recent.size === 0 || span.instrumentationScope.name === OBSERVATION_SCOPE) return;
    const { traceId, spanId } = span.spanContext();
    const failed = span.status.code === SpanStatusCode.ERROR;
    const errorType = span.attributes['error.type'];
    this.recent.add({
      traceId,
      spanId,
      parentSpanId: span.parentSpanContext?.spanId,
      name: this.#text(span.name),
      kind: FINISHED_KINDS[span.kind],
      startTimeMs: hrTimeToMilliseconds(span.startTime),
      durationMs: hrTimeToMilliseconds(span.duration),
      outcome: failed ? 'failure' : 'success',
      errorType: errorType === undefined ? undefined : String(errorType),
      attributes: this.#told(span.attributes),
    });
  }

  async forceFlush(): Promise<void> {}

  async shutdown(): Promise<void> {}

  #told(attributes: ReadableSpan['attributes']): Record<string, string | number> {
    const told: Record<string, string | number> = {};
    for (const [name, value] of Object.entries(attributes)) {
      if (!TOLD.test(name)) continue;
      if (typeof value === 'number') told[name] = value;
      else if (typeof value === 'string') told[name] = this.#text(value);
    }
    return told;
  }

  #text(text: string): string {
    return this.scrubber.redactText(text.slice(0, MAX_TEXT));
  }
}
