import type { Actor, Outcome, ServiceIdentity } from '#observation';
import type { IssueState } from './issue.js';
import type { StackFrame } from './stack-frame.js';

/** One error of a chain of causes, without its secrets. */
export interface ThrownError {
  readonly type: string;
  readonly message: string;
  readonly stack?: string;
  readonly frames: readonly StackFrame[];
  /** The place in the chain of the error that this one is a cause of; absent for what was thrown. */
  readonly causeOf?: number;
}

/** The request in which something was thrown. */
export interface ReportedRequest {
  readonly requestId: string;
  readonly method: string;
  readonly path: string;
  readonly route?: string;
  /** The class and method that handled it. */
  readonly handler?: string;
  readonly status?: number;
  readonly outcome?: Outcome;
  readonly durationMs?: number;
  readonly actor?: Actor;
}

/**
 * How it came to be known: it ended a request, the program told of it, or it ends the process.
 */
export type Mechanism = 'http' | 'tracked' | 'crash';

/** One exception as reporters are told of it: plain data without secrets. */
export interface ExceptionReport {
  /** 32 hexadecimal digits. */
  readonly id: string;
  readonly time: string;
  readonly mechanism: Mechanism;
  /** Whether somebody took it, a filter or a `catch`. */
  readonly handled: boolean;
  /** Whether a line with the stack stands in the log already. */
  readonly logged: boolean;
  /** What was thrown, then its causes. */
  readonly thrown: readonly [ThrownError, ...ThrownError[]];
  readonly issue: {
    readonly id: string;
    readonly title: string;
    readonly culprit?: string;
    readonly state: IssueState;
    readonly count: number;
  };
  readonly service: ServiceIdentity;
  readonly request?: ReportedRequest;
  readonly traceId?: string;
  readonly spanId?: string;
  readonly tags: Readonly<Record<string, string>>;
  /** What the program added. */
  readonly extra?: unknown;
}
