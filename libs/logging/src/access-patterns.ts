import type { HttpServerObservation } from '#observation';
import { accessEntry } from './access-entry.js';
import type { AppLog } from './app-log.js';
import { LinePattern, mark } from './line-pattern.js';
import type { LogLevel } from './log-level.js';

/** What is open in a pattern, in the order in which a line has it. */
const TIME = `"${mark(0)}"`;
const TRACE_ID = mark(1);
const SPAN_ID = mark(2);
const REQUEST_ID = mark(3);
const PATH = mark(4);
const DURATION = mark(5);
const CLIENT_ADDRESS = mark(6);
const ACTOR_ID = mark(7);
const MARKS = [TIME, TRACE_ID, SPAN_ID, REQUEST_ID, PATH, `"${DURATION}"`, CLIENT_ADDRESS, ACTOR_ID];

/** Routes and the ways in which they end are few; should they not be, what is remembered must not grow with them. */
const MAX_ROUTES = 1_000;
const MAX_PATTERNS_OF_ROUTE = 64;

/** A pattern, and what the requests have in common that it is for. */
class AccessPattern {
  readonly #method: string;
  readonly #status: number | undefined;
  readonly #aborted: boolean;
  readonly #outcome: string | undefined;
  readonly #errorType: string | undefined;
  readonly #functionName: string | undefined;
  readonly #traceFlags: number | undefined;
  readonly #hasAddress: boolean;

  constructor(
    request: HttpServerObservation,
    private readonly hasActor: boolean,
    readonly pattern: LinePattern | undefined,
  ) {
    this.#method = request.method;
    this.#status = request.status;
    this.#aborted = request.aborted;
    this.#outcome = request.outcome;
    this.#errorType = request.errorType;
    this.#functionName = request.functionName;
    this.#traceFlags = request.trace?.traceFlags;
    this.#hasAddress = request.clientAddress !== undefined;
  }

  fits(request: HttpServerObservation, errorType: string | undefined, hasActor: boolean): boolean {
    return (
      request.status === this.#status &&
      request.method === this.#method &&
      request.outcome === this.#outcome &&
      errorType === this.#errorType &&
      request.aborted === this.#aborted &&
      request.functionName === this.#functionName &&
      request.trace?.traceFlags === this.#traceFlags &&
      hasActor === this.hasActor &&
      (request.clientAddress !== undefined) === this.#hasAddress
    );
  }
}

/** The patterns of access lines by route. The log itself writes them, so a filled one is what the log would have written. */
export class AccessPatterns {
  readonly #byRoute = new Map<string, AccessPattern[]>();

  constructor(private readonly log: AppLog) {}

  /** The pattern of a request's line; there is none where the path is part of the message. */
  of(request: HttpServerObservation, level: LogLevel, hasActor: boolean): LinePattern | undefined {
    const { route, errorType } = request;
    if (route === undefined) return undefined;
    const known = this.#byRoute.get(route) ?? this.#newRoute(route);
    for (const one of known) if (one.fits(request, errorType, hasActor)) return one.pattern;
    if (known.length >= MAX_PATTERNS_OF_ROUTE) known.length = 0;
    const made = new AccessPattern(request, hasActor, this.#make(request, level, hasActor));
    known.push(made);
    return made.pattern;
  }

  #newRoute(route: string): AccessPattern[] {
    if (this.#byRoute.size >= MAX_ROUTES) this.#byRoute.clear();
    const patterns: AccessPattern[] = [];
    this.#byRoute.set(route, patterns);
    return patterns;
  }

  #make(request: HttpServerObservation, level: LogLevel, hasActor: boolean): LinePattern | undefined {
    const facts = {
      path: PATH,
      durationMs: DURATION,
      clientAddress: request.clientAddress === undefined ? undefined : CLIENT_ADDRESS,
      actorId: hasActor ? ACTOR_ID : undefined,
    };
    const trace = request.trace && { traceId: TRACE_ID, spanId: SPAN_ID, traceFlags: request.trace.traceFlags };
    const standIn = { kind: 'http.server', requestId: REQUEST_ID, trace } as HttpServerObservation;
    const line = this.log.lineOf(level, accessEntry(request, facts, standIn), TIME);
    return line === undefined ? undefined : LinePattern.of(line, MARKS);
  }
}
