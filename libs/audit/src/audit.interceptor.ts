import { type CallHandler, type ExecutionContext, Injectable, type NestInterceptor, type Type } from '@nestjs/common';
import { Observable } from 'rxjs';
import { MethodObservation, type ObservedMethod, Observations, runInFrame } from '#observation';
import { AUDITED_ASPECT, type AuditedOptions, checkAuditedOptions } from './audited.decorator.js';

/**
 * Does for handlers what `@Audited()` does, where they cannot be decorated; what guards refuse never gets to it.
 *
 * @example
 * ```ts
 * @UseInterceptors(AuditInterceptor.for({ action: 'report.export' }))
 * ```
 */
@Injectable()
export class AuditInterceptor implements NestInterceptor {
  protected readonly options: AuditedOptions = {};

  constructor(private readonly observations: Observations) {}

  /** The interceptor with options of the decorator. */
  static for(options: AuditedOptions): Type<NestInterceptor> {
    @Injectable()
    class AuditInterceptorWithOptions extends AuditInterceptor {
      protected override readonly options = checkAuditedOptions(options);

      constructor(observations: Observations) {
        super(observations);
      }
    }
    return AuditInterceptorWithOptions;
  }

  intercept(context: ExecutionContext, next: CallHandler): Observable<unknown> {
    const { observations } = this;
    const method = { name: context.getHandler().name, aspects: new Map([[AUDITED_ASPECT, [this.options]]]) };
    if (!observations.follows(method as unknown as ObservedMethod)) return next.handle();
    return new Observable((subscriber) => {
      const call = new MethodObservation(method as unknown as ObservedMethod, context.getClass(), context.getArgs());
      const frame = observations.start(call);
      const subscription = runInFrame(frame, () =>
        next.handle().subscribe({
          next: (value) => {
            call.result = value;
            subscriber.next(value);
          },
          error: (error: unknown) => {
            observations.settle(call, { thrown: error });
            subscriber.error(error);
          },
          complete: () => {
            observations.settle(call);
            if (call.hold === undefined) subscriber.complete();
            else
              call.hold.then(
                () => subscriber.complete(),
                (error: unknown) => subscriber.error(error),
              );
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
