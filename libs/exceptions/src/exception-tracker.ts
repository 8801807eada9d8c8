import { randomUUID } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import type { LedgerSnapshot } from '#delivery';
import { currentObservation, currentRequest, type HttpServerObservation, type Observations } from '#observation';
import { culpritOf, fingerprintOf } from './exception-fingerprint.js';
import type { ExceptionReport, Mechanism, ReportedRequest } from './exception-report.js';
import type { ExceptionReporter } from './exception-reporter.js';
import type { IssueStore } from './issue-store.js';
import { ReportDelivery } from './report-delivery.js';
import type { Scrubber } from '#redaction';
import { readThrown } from './thrown-errors.js';
import { ToldOnce } from './told-once.js';

/** What the program knows about an error that it tells of. */
export interface TrackContext {
  /** Few words to search by, such as `{ job: 'invoices' }`. */
  readonly tags?: Readonly<Record<string, string>>;
  /** Anything that helps; secrets are taken out. */
  readonly extra?: unknown;
  /** Makes all errors with the same text one issue, in place of what their stacks say. */
  readonly fingerprint?: string;
  /**
   * Whether the program went on in spite of it.
   * @default true
   */
  readonly handled?: boolean;
}

/** How an exception came to the tracker. */
export interface Sighting extends TrackContext {
  readonly mechanism: Mechanism;
  readonly request?: HttpServerObservation;
  readonly logged?: boolean;
}

/** What tracking consists of while it is on. */
export interface TrackerParts {
  readonly app: Observations;
  readonly issues: IssueStore;
  readonly scrubber: Scrubber;
  readonly reporters: readonly ExceptionReporter[];
}

const MAX_TITLE = 200;

/** Tells apart what goes wrong: groups exceptions into issues, counts them, and tells each reporter of each once. */
@Injectable()
export class ExceptionTracker {
  readonly #told = new ToldOnce();
  readonly #deliveries: ReportDelivery[] = [];

  constructor(private readonly parts: TrackerParts | undefined) {
    for (const reporter of parts?.reporters ?? []) this.addReporter(reporter);
  }

  /**
   * Tells of an error that the program has caught, and gives the id of its issue; never throws. An error that is thrown
   * on after this is not told of again. Nothing happens while exceptions are switched off.
   */
  track(error: unknown, context: TrackContext = {}): string | undefined {
    return this.see(error, { handled: true, ...context, mechanism: 'tracked', request: currentRequest() });
  }

  /** Has a reporter told of every exception from now on. */
  addReporter(reporter: ExceptionReporter): void {
    if (this.parts !== undefined) this.#deliveries.push(new ReportDelivery(reporter, this.parts.app));
  }

  /** Counts an exception, however it came to be known. */
  see(error: unknown, sighting: Sighting): string | undefined {
    if (this.parts === undefined) return undefined;
    try {
      if (!this.#told.isFirst(error, sighting.request)) return undefined;
      const report = this.#reportOf(error, sighting, this.parts);
      for (const delivery of this.#deliveries) delivery.report(report);
      return report.issue.id;
    } catch (fault) {
      this.parts.app.internalErrors.record('exceptions', fault);
      return undefined;
    }
  }

  /** What became of the reports to those outside of the process. */
  deliveries(): LedgerSnapshot[] {
    return this.#deliveries.flatMap(({ queue }) => queue?.ledger.snapshot() ?? []);
  }

  async flush(deadlineMs: number): Promise<void> {
    await Promise.all(this.#deliveries.map(({ queue }) => queue?.flush(deadlineMs)));
  }

  async close(deadlineMs: number): Promise<void> {
    await Promise.all(this.#deliveries.map((delivery) => delivery.close(deadlineMs)));
  }

  #reportOf(error: unknown, sighting: Sighting, { app, issues, scrubber }: TrackerParts): ExceptionReport {
    const { mechanism, request, handled = false, logged = false, tags = {}, extra, fingerprint } = sighting;
    const thrown = readThrown(error, scrubber);
    const [{ type, message }] = thrown;
    const nowMs = Date.now();
    const culprit = culpritOf(thrown[0]) ?? request?.functionName ?? request?.route;
    const trace = currentObservation()?.trace ?? request?.trace;
    const facts = {
      id: randomUUID().replaceAll('-', ''),
      time: new Date(nowMs).toISOString(),
      mechanism,
      handled,
      logged,
      thrown,
      service: app.service,
      ...(request !== undefined && { request: requestOf(request, scrubber) }),
      ...(trace !== undefined && { traceId: trace.traceId, spanId: trace.spanId }),
      tags: scrubber.redactValue(tags) as Record<string, string>,
      ...(extra !== undefined && { extra: scrubber.redactValue(extra) }),
    };
    const issue = issues.add({
      ...facts,
      fingerprint: fingerprintOf(thrown, fingerprint),
      title: `${type}: ${message.split('\n', 1)[0]}`.slice(0, MAX_TITLE),
      ...(culprit !== undefined && { culprit }),
      beganMs: request?.startTimeMs ?? nowMs,
    });
    return { ...facts, issue };
  }
}

function requestOf(request: HttpServerObservation, scrubber: Scrubber): ReportedRequest {
  const { requestId, method, path, route, functionName, status, outcome, durationMs, actor } = request;
  return {
    requestId,
    method,
    path: scrubber.redactText(path),
    ...(route !== undefined && { route }),
    ...(functionName !== undefined && { handler: functionName }),
    ...(status !== undefined && { status }),
    ...(outcome !== undefined && { outcome }),
    ...(durationMs !== undefined && { durationMs: Math.round(durationMs * 1_000) / 1_000 }),
    ...(actor !== undefined && { actor: { ...actor, id: scrubber.redactText(actor.id) } }),
  };
}
