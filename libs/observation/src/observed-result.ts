import { finished, type Readable, Stream } from 'node:stream';
import { types } from 'node:util';
import { isObservable, Observable } from 'rxjs';
import type { MethodObservation } from './method-observation.js';
import type { Observations } from './observations.js';
import { type Frame, runInFrame } from './process-wide.js';

/** Ends a method's observation when what the method gave back has ended, and hands that on unchanged. */
export function followResult(
  app: Observations,
  observation: MethodObservation,
  frame: Frame,
  result: unknown,
): unknown {
  const succeed = (value?: unknown): Held => {
    observation.result = value;
    app.settle(observation);
    return observation.hold;
  };
  const fail = (thrown: unknown): Held => {
    app.settle(observation, { thrown });
    return observation.hold;
  };

  if (types.isPromise(result)) return followPromise(result, succeed, fail);
  if (isObservable(result) && !('next' in result)) return followObservable(result, frame, observation, succeed, fail);
  if (result instanceof Stream) return followStream(result, succeed, fail);
  if (
    isAsyncGenerator(result) &&
    patch(result, (self) => followIterator(self, frame, succeed, fail) as Partial<AsyncGenerator>)
  )
    return result;
  if (isAsyncIterable(result) && patch(result, (self) => followIterable(self, frame, succeed, fail))) return result;
  if (isLazyThenable(result) && patch(result, (self) => followThenable(self, succeed, fail))) return result;
  if (succeed(result) !== undefined) {
    throw new TypeError(
      `Observability: ${observation.className}.${observation.methodName} gave its result at once, but somebody has to ` +
        'wait before its caller gets it. Make the method async.',
    );
  }
  return result;
}

/** What has to be waited for first, if anything. */
type Held = Promise<unknown> | undefined;
type End = (value?: unknown) => Held;

/** Gives a value once nothing holds it back any more. */
function afterHold<T>(hold: Held, value: T): T | Promise<T> {
  return hold === undefined ? value : hold.then(() => value);
}

/** Throws the call's own error once nothing holds it back any more, however that went. */
function throwAfterHold(hold: Held, error: unknown): Promise<never> {
  const raise = (): never => {
    throw error;
  };
  return hold === undefined ? raise() : hold.then(raise, raise);
}

function followPromise(promise: Promise<unknown>, succeed: End, fail: End): Promise<unknown> {
  return promise.then(
    (value) => afterHold(succeed(value), value),
    (error: unknown) => throwAfterHold(fail(error), error),
  );
}

/** The first subscription is the one that counts; an Observable that nobody subscribes to never ends. */
function followObservable(
  source: Observable<unknown>,
  frame: Frame,
  observation: MethodObservation,
  succeed: End,
  fail: End,
): Observable<unknown> {
  return new Observable((subscriber) => {
    let delivered = false;
    const subscription = runInFrame(frame, () =>
      source.subscribe({
        next: (value) => {
          delivered = true;
          subscriber.next(value);
        },
        error: (error: unknown) => {
          fail(error);
          subscriber.error(error);
        },
        complete: () => {
          const hold = succeed();
          if (hold === undefined) subscriber.complete();
          else
            hold.then(
              () => subscriber.complete(),
              (error: unknown) => subscriber.error(error),
            );
        },
      }),
    );
    return () => {
      subscription.unsubscribe();
      // Taking what one needs and leaving is success; leaving with nothing says nothing.
      if (!delivered) observation.outcome ??= 'unknown';
      succeed();
    };
  });
}

function followStream(stream: Stream, succeed: End, fail: End): Stream {
  finished(stream as Readable, (error) => void (error ? fail(error) : succeed()));
  return stream;
}

function isAsyncIterable(value: unknown): value is AsyncIterable<unknown> {
  return typeof value === 'object' && value !== null && Symbol.asyncIterator in value;
}

/** As with an Observable, the first iteration is the one that counts. */
function followIterable(
  iterable: AsyncIterable<unknown>,
  frame: Frame,
  succeed: End,
  fail: End,
): Pick<AsyncIterable<unknown>, typeof Symbol.asyncIterator> {
  const iterate = iterable[Symbol.asyncIterator];
  return {
    [Symbol.asyncIterator]: () => followIterator(iterate.call(iterable), frame, succeed, fail),
  };
}

function isAsyncGenerator(value: unknown): value is AsyncGenerator {
  return types.isGeneratorObject(value) && Symbol.asyncIterator in value;
}

function isLazyThenable(value: unknown): value is PromiseLike<unknown> {
  return typeof value === 'object' && value !== null && typeof (value as { then?: unknown }).then === 'function';
}

/** Replaces methods on the object itself, so that the caller keeps the very object that the method returned. */
function patch<T extends object>(target: T, methods: (target: T) => Partial<T>): boolean {
  if (!Object.isExtensible(target)) return false;
  Object.assign(target, methods(target));
  return true;
}

function followIterator(
  iterator: AsyncIterator<unknown>,
  frame: Frame,
  succeed: End,
  fail: End,
): AsyncIterator<unknown> {
  const step = (advance: () => Promise<IteratorResult<unknown>>): Promise<IteratorResult<unknown>> =>
    runInFrame(frame, advance).then(
      (item) => (item.done ? afterHold(succeed(), item) : item),
      (error: unknown) => throwAfterHold(fail(error), error),
    );
  const { next, return: end, throw: raise } = iterator;
  return {
    next: (...args) => step(() => next.apply(iterator, args)),
    ...(end && { return: (value: unknown) => step(() => end.call(iterator, value)) }),
    ...(raise && { throw: (error: unknown) => step(() => raise.call(iterator, error)) }),
  };
}

/** Query builders run when they are awaited, and again when they are awaited twice: so `then` is followed, not called. */
function followThenable(thenable: PromiseLike<unknown>, succeed: End, fail: End): Pick<PromiseLike<unknown>, 'then'> {
  const then = thenable.then;
  return {
    then(onFulfilled, onRejected) {
      const settled = followPromise(Promise.resolve({ then: then.bind(thenable) }), succeed, fail);
      return settled.then(onFulfilled as never, onRejected as never);
    },
  };
}
