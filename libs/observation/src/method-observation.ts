import type { HttpServerObservation } from './http-server-observation.js';
import { BaseObservation, errorType } from './observation.js';
import type { Observation } from './observation-handler.js';
import type { ObservedMethod } from './observed-method.js';

/** One call of a method that a decorator marked, until its value, promise, Observable or async iterable has ended. */
export class MethodObservation extends BaseObservation {
  readonly kind = 'method';

  readonly className: string;
  readonly methodName: string;
  /** What the call gave back: the resolved value of a promise, nothing for streams. */
  result?: unknown;
  /** What was under way when the call began, and the call is part of. */
  outer?: Observation;
  /** What the caller waits for before it gets the result; when it fails, its error takes the place of the result. */
  hold?: Promise<unknown>;

  constructor(
    readonly method: ObservedMethod,
    readonly instance: unknown,
    readonly args: readonly unknown[],
  ) {
    super();
    this.className = classNameOf(instance);
    this.methodName = method.name;
  }

  /** The HTTP request that the call is part of. */
  get request(): HttpServerObservation | undefined {
    let outer = this.outer;
    while (outer?.kind === 'method') outer = outer.outer;
    return outer?.kind === 'http.server' ? outer : undefined;
  }

  get errorType(): string | undefined {
    return this.error === undefined ? undefined : errorType(this.error);
  }
}

function classNameOf(instance: unknown): string {
  if (typeof instance === 'function') return instance.name;
  return (instance as object | null | undefined)?.constructor?.name ?? '';
}
