import type { ExecutionContext, Type } from '@nestjs/common';
import { type ObservedMethod, observedMethodOf } from './observed-method.js';
import { optOutsOf } from './opt-out.decorator.js';

export type Handler = ReturnType<ExecutionContext['getHandler']>;

/** What is the same for all requests that one handler answers. */
export class HandlerFacts {
  readonly className: string;
  readonly methodName: string;
  readonly functionName: string;
  readonly method: ObservedMethod | undefined;
  readonly optOuts: ReadonlySet<string>;

  constructor(type: Type, handler: Handler) {
    this.className = type.name;
    this.methodName = handler.name;
    this.functionName = `${type.name}.${handler.name}`;
    this.method = observedMethodOf(handler);
    this.optOuts = optOutsOf(type, handler);
  }
}
