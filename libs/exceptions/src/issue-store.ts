import type { Fingerprint } from './exception-fingerprint.js';
import type { ExceptionReport } from './exception-report.js';
import type { Issue, IssueDetails, IssueState } from './issue.js';
import { type Decision, IssueLife } from './issue-life.js';

const MAX_TRACE_IDS = 10;

/** An exception that is about to be counted. */
export interface Occurrence extends Omit<ExceptionReport, 'issue'> {
  readonly fingerprint: Fingerprint;
  readonly title: string;
  readonly culprit?: string;
  /** When what failed began, in milliseconds since the Unix epoch. */
  readonly beganMs: number;
}

interface Entry {
  readonly life: IssueLife;
  readonly firstSeen: string;
  readonly traceIds: string[];
  count: number;
  /** Grows with every exception of the app; the order of the list. */
  number: number;
  latest: Occurrence;
}

export interface IssueQuery {
  readonly limit: number;
  readonly state?: IssueState;
  /** Only what was last seen before the issue with this number. */
  readonly before?: number;
}

export interface IssuePage {
  readonly items: readonly Issue[];
  /** The number to ask `before` for more; absent on the last page. */
  readonly next?: number;
}

/** The issues of one app, in memory and bounded: resolved ones go first, then those not seen for the longest time. */
export class IssueStore {
  /** Least recently seen first. */
  readonly #entries = new Map<string, Entry>();
  #occurrences = 0;

  constructor(
    private readonly maxIssues: number,
    private readonly now: () => number = Date.now,
  ) {}

  /** Counts an exception and says what its issue has come to. */
  add(occurrence: Occurrence): ExceptionReport['issue'] {
    const { fingerprint, title, culprit, traceId, beganMs, time } = occurrence;
    const nowMs = this.now();
    const known = this.#entries.get(fingerprint.id);
    const entry = known ?? {
      life: new IssueLife(nowMs),
      firstSeen: time,
      traceIds: [],
      count: 0,
      number: 0,
      latest: occurrence,
    };
    entry.count += 1;
    entry.number = this.#occurrences += 1;
    entry.latest = occurrence;
    if (traceId !== undefined && !entry.traceIds.includes(traceId)) entry.traceIds.unshift(traceId);
    entry.traceIds.length = Math.min(entry.traceIds.length, MAX_TRACE_IDS);
    const state = entry.life.seen(nowMs, beganMs);
    this.#entries.delete(fingerprint.id);
    if (known === undefined && this.#entries.size >= this.maxIssues) this.#forgetOne(nowMs);
    this.#entries.set(fingerprint.id, entry);
    return { id: fingerprint.id, title, ...(culprit !== undefined && { culprit }), state, count: entry.count };
  }

  find(id: string): IssueDetails | undefined {
    const entry = this.#entries.get(id);
    return entry && this.#detailsOf(entry);
  }

  /** Does with an issue what a person decided. */
  decide(id: string, decision: Decision): IssueDetails | undefined {
    this.#entries.get(id)?.life.decide(decision, this.now());
    return this.find(id);
  }

  /** Issues, the one that was seen last first. */
  list({ limit, state, before = Infinity }: IssueQuery): IssuePage {
    const found: Entry[] = [];
    for (const entry of [...this.#entries.values()].reverse()) {
      if (entry.number >= before || (state !== undefined && entry.life.stateAt(this.now()) !== state)) continue;
      if (found.length === limit) return { items: found.map((one) => this.#issueOf(one)), next: found.at(-1)!.number };
      found.push(entry);
    }
    return { items: found.map((one) => this.#issueOf(one)) };
  }

  #issueOf({ life, firstSeen, traceIds, count, latest }: Entry): Issue {
    return {
      id: latest.fingerprint.id,
      title: latest.title,
      type: latest.thrown[0].type,
      ...(latest.culprit !== undefined && { culprit: latest.culprit }),
      count,
      state: life.stateAt(this.now()),
      firstSeen,
      lastSeen: latest.time,
      traceIds: [...traceIds],
    };
  }

  #detailsOf(entry: Entry): IssueDetails {
    const {
      fingerprint,
      title: _title,
      culprit: _culprit,
      beganMs: _began,
      service: _service,
      logged: _logged,
      ...event
    } = entry.latest;
    return {
      ...this.#issueOf(entry),
      history: entry.life.history.map(({ state, atMs }) => ({ state, at: new Date(atMs).toISOString() })),
      grouping: fingerprint.grouping,
      event,
    };
  }

  /** What somebody ignored would come back as news, so it stays as long as there is anything else. */
  #forgetOne(nowMs: number): void {
    let leastWorth: string | undefined;
    for (const [id, { life }] of this.#entries) {
      const state = life.stateAt(nowMs);
      if (state !== 'ignored') leastWorth ??= id;
      if (state !== 'resolved') continue;
      leastWorth = id;
      break;
    }
    this.#entries.delete(leastWorth ?? this.#entries.keys().next().value!);
  }
}
