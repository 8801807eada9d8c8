import type { ExceptionReport } from './exception-report.js';
import type { Grouping } from './exception-fingerprint.js';

/**
 * `new` for a week after it was first seen, then `ongoing`; `resolved` by a person, and `regressed` when it comes back
 * after that; `ignored` counts on, and no reporter outside of the process is told.
 */
export const ISSUE_STATES = ['new', 'ongoing', 'resolved', 'regressed', 'ignored'] as const;
export type IssueState = (typeof ISSUE_STATES)[number];

/** A fault of the program: all exceptions with one fingerprint. */
export interface Issue {
  readonly id: string;
  readonly title: string;
  readonly type: string;
  /** The place in the program that it comes from. */
  readonly culprit?: string;
  readonly count: number;
  readonly state: IssueState;
  readonly firstSeen: string;
  readonly lastSeen: string;
  /** Traces in which it happened, the latest first. */
  readonly traceIds: readonly string[];
}

/** An issue with all that is known about it. */
export interface IssueDetails extends Issue {
  readonly history: readonly { readonly state: IssueState; readonly at: string }[];
  /** Why these exceptions are one issue. */
  readonly grouping: Grouping;
  /** The latest of its exceptions. */
  readonly event: Omit<ExceptionReport, 'issue' | 'service' | 'logged'>;
}
