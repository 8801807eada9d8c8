import { BaseObservation, errorType } from './observation.js';
import type { ObservedMethod } from './observed-method.js';

/** One call of a method that a decorator marked, until its value, promise, Observable or async iterable has ended. */
export class MethodObservation extends BaseObservation {
  readonly kind = 'method';

  readonly className: string;
  readonly methodName: string;
  /** What the call gave back: the resolved value of a promise, nothing for streams. */
  result?: unknown;

  constructor(
    readonly method: ObservedMethod,
    readonly instance: unknown,
    readonly args: readonly unknown[],
  ) {
    super();
    this.className = classNameOf(instance);
    this.methodName = method.name;
  }

  get errorType(): string | undefined {
    return this.error === undefined ? undefined : errorType(this.error);
  }
}

function classNameOf(instance: unknown): string {
  if (typeof instance === 'function') return instance.name;
  return (instance as object | null | undefined)?.constructor?.name ?? '';
}
