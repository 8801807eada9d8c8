import { Frame, type Observations, runInFrame } from '#observation';
import type { CheckAnswer, CheckResult } from './check-result.js';
import type { HealthIndicator } from './health-indicator.js';
import type { SafeDetails } from './safe-details.js';

/** A check that ignores its deadline must not be started ever more often. */
const MAX_UNANSWERED = 4;
/** One that has been lost for good must not keep the service down for ever either. */
const FORGIVE_AFTER_MS = 30_000;

const NOT_YET: CheckAnswer = { status: 'down', details: { message: 'has not run yet' } };

/** An indicator, and how it takes part in the health of the service. */
export interface ContributorPlan {
  readonly indicator: HealthIndicator;
  readonly groups: readonly string[];
  readonly critical: boolean;
  /** How long the check may take. */
  readonly timeoutMs: number;
  /** How long a result is served before the check runs again. */
  readonly intervalMs: number;
  /** Whether it runs every interval by itself, and never for whoever asks. */
  readonly inBackground: boolean;
  /** Where it was declared, for whoever has to mend it. */
  readonly declaredBy: string;
}

/** Runs one check: within its deadline, once at a time, and not again while its last result is young. */
export class Contributor {
  readonly name: string;
  #last: CheckResult | undefined;
  #running: Promise<CheckResult> | undefined;
  #finishedMark = 0;
  #startedMark = 0;
  #unanswered = 0;
  #timer: NodeJS.Timeout | undefined;
  readonly #frame: Frame;

  constructor(
    readonly plan: ContributorPlan,
    private readonly safe: SafeDetails,
    private readonly changed: (result: CheckResult, previous: CheckResult | undefined) => void,
    app: Observations,
  ) {
    this.name = plan.indicator.name;
    // Log lines of a check belong to its app, and what it asks of others is nobody's traffic.
    this.#frame = new Frame(app, undefined, undefined, true);
  }

  /** The result of the last run, if there was one. */
  get last(): CheckResult | undefined {
    return this.#last;
  }

  /** The last result while it is young or the check runs by itself, and a new one otherwise; never rejects. */
  async result(): Promise<CheckResult> {
    const { intervalMs, inBackground } = this.plan;
    if (inBackground) return this.#last ?? this.#resultOf(NOT_YET, 0);
    const isYoung = this.#last !== undefined && performance.now() - this.#finishedMark < intervalMs;
    return isYoung ? this.#last! : this.#run();
  }

  /** Runs for the first time and again every interval, if it is a check that runs by itself. */
  start(): void {
    if (!this.plan.inBackground || this.#timer !== undefined) return;
    this.#timer = setInterval(() => void this.#run(), this.plan.intervalMs).unref();
    void this.#run();
  }

  stop(): void {
    clearInterval(this.#timer);
    this.#timer = undefined;
  }

  /** Runs the check now, or joins the run that is under way; never rejects. */
  #run(): Promise<CheckResult> {
    this.#running ??= this.#runOnce().finally(() => (this.#running = undefined));
    return this.#running;
  }

  async #runOnce(): Promise<CheckResult> {
    const begin = performance.now();
    const answer = await runInFrame(this.#frame, () => this.#answer(begin));
    const result = this.#resultOf(answer, performance.now() - begin);
    const previous = this.#last;
    this.#last = result;
    this.#finishedMark = performance.now();
    if (previous?.status !== result.status) this.changed(result, previous);
    return result;
  }

  #resultOf({ status, details }: CheckAnswer, durationMs: number): CheckResult {
    const { critical, groups } = this.plan;
    return {
      name: this.name,
      status,
      critical,
      groups,
      details: this.safe.of(details),
      durationMs,
      checkedAt: new Date(),
    };
  }

  /** The one place where what a check throws is caught. */
  async #answer(begin: number): Promise<CheckAnswer> {
    const { indicator, timeoutMs } = this.plan;
    if (this.#unanswered >= MAX_UNANSWERED && begin - this.#startedMark < FORGIVE_AFTER_MS) {
      return { status: 'down', details: { message: `${this.#unanswered} earlier checks still have no answer` } };
    }
    this.#startedMark = begin;
    const deadline = new AbortController();
    let timer: NodeJS.Timeout | undefined;
    const late = new Promise<CheckAnswer>((resolve) => {
      timer = setTimeout(() => {
        resolve({ status: 'down', details: { message: `no answer within ${timeoutMs} ms` } });
        deadline.abort();
      }, timeoutMs);
    });
    this.#unanswered += 1;
    const answer = (async () => indicator.check(deadline.signal))()
      .catch((error: unknown): CheckAnswer => ({ status: 'down', details: this.safe.ofError(error) }))
      .finally(() => (this.#unanswered -= 1));
    try {
      return await Promise.race([answer, late]);
    } finally {
      clearTimeout(timer);
    }
  }
}
