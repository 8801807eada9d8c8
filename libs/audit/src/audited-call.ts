import type { MethodObservation } from '#observation';
import type { AuditFacts } from './audit-facts.js';
import type { AuditOutcome } from './audit-record.js';
import type { AuditedArguments, AuditedOptions } from './audited.decorator.js';
import { uuidV7 } from './uuid-v7.js';

/** Where the one record of a call stands: nobody has written it, a transaction will, it is written. */
export type RecordState = 'unwritten' | 'in-transaction' | 'written';

/** One call of an audited method, from its begin until its one record is written. */
export class AuditedCall {
  readonly id: string;
  state: RecordState = 'unwritten';
  /** The connection was lost while the transaction of the call committed. */
  isDoubtful = false;

  constructor(
    readonly observation: MethodObservation,
    readonly options: AuditedOptions,
    private readonly onError: (error: unknown) => void,
  ) {
    this.id = uuidV7(observation.startTimeMs);
  }

  get hasEnded(): boolean {
    return this.observation.durationMs !== undefined;
  }

  /** Whether this is the call of a route handler whose request will tell how it ended. */
  get isOfOpenRequest(): boolean {
    const { outer, method } = this.observation;
    return outer?.kind === 'http.server' && outer.handler === method && outer.durationMs === undefined;
  }

  get outcome(): AuditOutcome {
    if (this.isDoubtful) return 'unknown';
    const { outcome, error, request } = this.observation;
    if (outcome === 'failure') return isDenial(error) ? 'denied' : 'failure';
    // It took effect or not: the client who asked for it never heard.
    return request?.aborted ? 'unknown' : (outcome ?? 'unknown');
  }

  /** What is known of the call when it ended in a certain way. */
  facts(outcome = this.outcome, result = this.observation.result): AuditFacts {
    const { observation, options } = this;
    const { args, error, request, className, methodName } = observation;
    const call: AuditedArguments = { args, result, error, request };
    const { capture } = options;
    return {
      id: this.id,
      event: options.action ?? `${className}.${methodName}`,
      startTimeMs: observation.startTimeMs,
      outcome,
      error,
      reason: reasonOf(outcome, error, this.isDoubtful),
      request,
      trace: observation.trace,
      captured: capture && { args: capture.args ? args : undefined, result: capture.result ? result : undefined },
      ...toldBy(options, call, this.onError),
    };
  }
}

/** What the functions among a decorator's options tell of a call; one that throws tells nothing. */
export function toldBy(
  { target, actor, change, reason }: AuditedOptions,
  call: AuditedArguments,
  onError: (error: unknown) => void,
): Pick<AuditFacts, 'target' | 'actor' | 'change' | 'comment'> {
  const told = <T>(tell: ((call: AuditedArguments) => T) | undefined): T | undefined => {
    try {
      return tell?.(call);
    } catch (error) {
      onError(error);
      return undefined;
    }
  };
  return { target: told(target), actor: told(actor), change: told(change), comment: told(reason) };
}

/** Whether somebody was refused for who they are: an error of status 401 or 403, thrown by whomever. */
export function isDenial(error: unknown): boolean {
  const { getStatus, status, statusCode } = (error ?? {}) as Record<string, unknown>;
  const told: unknown = typeof getStatus === 'function' ? getStatus.call(error) : (status ?? statusCode);
  return told === 401 || told === 403;
}

function reasonOf(outcome: AuditOutcome, error: unknown, isDoubtful: boolean): string | undefined {
  if (outcome !== 'unknown') return undefined;
  if (isDoubtful) return 'the connection was lost while the transaction committed';
  return error === undefined ? 'the caller went away before the end' : undefined;
}
