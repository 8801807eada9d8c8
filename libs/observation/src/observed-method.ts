import { MethodObservation } from './method-observation.js';
import { type OptOut, optsOut } from './opt-out.decorator.js';
import { followResult } from './observed-result.js';
import { appOfInstance, runInFrame } from './process-wide.js';

type Method = (this: unknown, ...args: unknown[]) => unknown;

/** A method that decorators marked, and with what: each aspect's marks in the order of decoration. */
export class ObservedMethod {
  readonly aspects = new Map<string, unknown[]>();

  constructor(readonly name: string) {}

  mark(aspect: string, options: unknown): void {
    const marks = this.aspects.get(aspect);
    if (marks === undefined) this.aspects.set(aspect, [options]);
    else marks.push(options);
  }
}

const OBSERVED = Symbol.for('@crowsnest/observability/observed-method');

/** What decorators marked a method with, if any did. */
export function observedMethodOf(method: unknown): ObservedMethod | undefined {
  return typeof method === 'function' ? (method as { [OBSERVED]?: ObservedMethod })[OBSERVED] : undefined;
}

/**
 * Makes the decorator of one aspect. It marks a method, or all methods of a class. All marks of a method share one
 * wrapper, so a call is observed once however many decorators stand above it. A method that opted out of the pattern is
 * left alone by a mark on its class.
 */
export function markMethods(aspect: string, options: unknown, pattern?: OptOut): MethodDecorator & ClassDecorator {
  return ((target: object, name?: string | symbol, descriptor?: PropertyDescriptor) => {
    if (descriptor !== undefined) return markOne(target, name!, descriptor, aspect, options);
    const prototype = (target as { prototype: object }).prototype;
    for (const key of Reflect.ownKeys(prototype)) {
      const own = Object.getOwnPropertyDescriptor(prototype, key)!;
      if (key === 'constructor' || typeof own.value !== 'function') continue;
      // A mark on the method itself says more than the one on its class.
      if (observedMethodOf(own.value)?.aspects.has(aspect) || optsOut(own.value, pattern)) continue;
      Object.defineProperty(prototype, key, markOne(prototype, key, own, aspect, options));
    }
  }) as MethodDecorator & ClassDecorator;
}

function markOne(
  target: object,
  name: string | symbol,
  descriptor: PropertyDescriptor,
  aspect: string,
  options: unknown,
): PropertyDescriptor {
  if (typeof descriptor.value !== 'function') {
    const owner = typeof target === 'function' ? target.name : target.constructor.name;
    throw new TypeError(
      `Observability: ${owner}.${String(name)} is no method, so nothing can observe its calls. Decorate a method or a class.`,
    );
  }
  let observed = observedMethodOf(descriptor.value);
  if (observed === undefined) {
    observed = new ObservedMethod(String(name));
    descriptor.value = wrap(descriptor.value as Method, observed);
  }
  observed.mark(aspect, options);
  return descriptor;
}

function wrap(original: Method, observed: ObservedMethod): Method {
  const wrapper: Method = function (...args) {
    const app = appOfInstance(this);
    if (app === undefined || !app.follows(observed)) return original.apply(this, args);
    const observation = new MethodObservation(observed, this, args);
    const frame = app.start(observation);
    let result: unknown;
    try {
      result = runInFrame(frame, () => original.apply(this, args));
    } catch (error) {
      app.settle(observation, { thrown: error });
      throw error;
    }
    return followResult(app, observation, frame, result);
  };
  Object.defineProperties(wrapper, {
    name: { value: original.name, configurable: true },
    length: { value: original.length, configurable: true },
    [OBSERVED]: { value: observed },
  });
  // Routes, guards and OpenAPI read metadata from the function: what stood on the original stands on the wrapper.
  for (const key of Reflect.getOwnMetadataKeys(original)) {
    Reflect.defineMetadata(key, Reflect.getOwnMetadata(key, original), wrapper);
  }
  return wrapper;
}
