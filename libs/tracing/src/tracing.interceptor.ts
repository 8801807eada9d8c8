import { type CallHandler, type ExecutionContext, Injectable, type NestInterceptor } from '@nestjs/common';
import { Observable } from 'rxjs';
import { MethodObservation, type ObservedMethod, Observations, runInFrame } from '#observation';
import { TRACED_ASPECT } from './traced.decorator.js';
import { Tracing } from './tracing.js';

/**
 * Does for handlers what `@Traced()` does, where they cannot be decorated.
 *
 * @example
 * ```ts
 * @UseInterceptors(TracingInterceptor)
 * ```
 */
@Injectable()
export class TracingInterceptor implements NestInterceptor {
  constructor(
    private readonly observations: Observations,
    private readonly tracing: Tracing,
  ) {}

  intercept(context: ExecutionContext, next: CallHandler): Observable<unknown> {
    if (!this.tracing.enabled) return next.handle();
    const { observations } = this;
    const method = { name: context.getHandler().name, aspects: new Map([[TRACED_ASPECT, [{}]]]) };
    return new Observable((subscriber) => {
      const call = new MethodObservation(method as unknown as ObservedMethod, context.getClass(), context.getArgs());
      const frame = observations.start(call);
      const subscription = runInFrame(frame, () =>
        next.handle().subscribe({
          next: (value) => subscriber.next(value),
          error: (error: unknown) => {
            observations.settle(call, { thrown: error });
            subscriber.error(error);
          },
          complete: () => {
            observations.settle(call);
            subscriber.complete();
          },
        }),
      );
      return () => {
        subscription.unsubscribe();
        call.outcome ??= 'unknown';
        observations.settle(call);
      };
    });
  }
}
