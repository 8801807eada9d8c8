import type { ContributorOptions } from './contributor.options.js';

/** What a decorator says about the method below it. */
export interface MarkedCheck extends ContributorOptions {
  readonly name: string;
  readonly inBackground: boolean;
}

const MARKED_CHECK = Symbol.for('@crowsnest/observability/marked-check');

/** Makes the decorator that turns a method into a check. */
export function markCheck(check: MarkedCheck): MethodDecorator {
  return (target, method, descriptor) => {
    if (typeof descriptor?.value !== 'function') {
      const owner = typeof target === 'function' ? target.name : target.constructor.name;
      throw new TypeError(
        `HealthModule: ${owner}.${String(method)} is no method, so it checks nothing. Decorate a method.`,
      );
    }
    // Metadata moves along when a decorator above this one wraps the method.
    Reflect.defineMetadata(MARKED_CHECK, check, descriptor.value);
  };
}

/** What a decorator said about a method, if one did. */
export function markedCheckOf(method: unknown): MarkedCheck | undefined {
  return typeof method === 'function' ? Reflect.getOwnMetadata(MARKED_CHECK, method) : undefined;
}
