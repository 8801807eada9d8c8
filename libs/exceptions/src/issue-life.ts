import type { IssueState } from './issue.js';

/** How long an issue is news. */
export const NEWS_MS = 7 * 24 * 60 * 60 * 1_000;
const MAX_HISTORY = 20;

/** What a person can make of an issue. */
export type Decision = Extract<IssueState, 'resolved' | 'ignored'>;

interface Change {
  readonly state: IssueState;
  readonly atMs: number;
}

/** The states of one issue, from the first exception on. */
export class IssueLife {
  readonly #changes: Change[];

  constructor(bornMs: number) {
    this.#changes = [{ state: 'new', atMs: bornMs }];
  }

  /** The latest changes, oldest first. */
  get history(): readonly Change[] {
    return this.#changes;
  }

  stateAt(nowMs: number): IssueState {
    const { state, atMs } = this.#changes.at(-1)!;
    const isNews = state === 'new' || state === 'regressed';
    if (isNews && nowMs - atMs >= NEWS_MS) this.#change('ongoing', atMs + NEWS_MS);
    return this.#changes.at(-1)!.state;
  }

  /** Notes an exception; one that began before the issue was resolved does not bring it back. */
  seen(nowMs: number, beganMs: number): IssueState {
    const { state, atMs } = this.#changes.at(-1)!;
    if (state === 'resolved' && beganMs > atMs) this.#change('regressed', nowMs);
    return this.stateAt(nowMs);
  }

  decide(decision: Decision, nowMs: number): void {
    if (this.stateAt(nowMs) !== decision) this.#change(decision, nowMs);
  }

  #change(state: IssueState, atMs: number): void {
    this.#changes.push({ state, atMs });
    if (this.#changes.length > MAX_HISTORY) this.#changes.shift();
  }
}
