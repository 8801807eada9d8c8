import type { Type } from '@nestjs/common';

/** The patterns that a handler, or every handler of a class, can opt out of. */
export type OptOut = 'tracing' | 'metrics' | 'logging' | 'audit';

const OPT_OUTS = Symbol.for('@crowsnest/observability/opt-outs');
const NONE: ReadonlySet<string> = new Set();

function optOut(pattern: OptOut): MethodDecorator & ClassDecorator {
  return ((target: object, _name?: string | symbol, descriptor?: PropertyDescriptor) => {
    const marked: object = descriptor === undefined ? target : (descriptor.value as object);
    const own = (Reflect.getOwnMetadata(OPT_OUTS, marked) as Set<string> | undefined) ?? [];
    Reflect.defineMetadata(OPT_OUTS, new Set([...own, pattern]), marked);
  }) as MethodDecorator & ClassDecorator;
}

/** Leaves a handler, or all handlers of a class, out of traces; a method of a `@Traced()` class, out of that. */
export const NotTraced = (): MethodDecorator & ClassDecorator => optOut('tracing');
/** Leaves a handler, or all handlers of a class, out of HTTP metrics; a method of a `@Timed()` class, out of that. */
export const NotTimed = (): MethodDecorator & ClassDecorator => optOut('metrics');
/** Leaves a handler, or all handlers of a class, out of the access log. */
export const NotLogged = (): MethodDecorator & ClassDecorator => optOut('logging');
/** Leaves all handlers of a class, or a method of an `@Audited()` class, out of the audit log. */
export const NotAudited = (): MethodDecorator & ClassDecorator => optOut('audit');

/** The opt-outs of a handler and its class together. */
export function optOutsOf(type: Type, handler: object): ReadonlySet<string> {
  const ofType = Reflect.getMetadata(OPT_OUTS, type) as ReadonlySet<string> | undefined;
  const ofHandler = Reflect.getMetadata(OPT_OUTS, handler) as ReadonlySet<string> | undefined;
  if (ofType === undefined) return ofHandler ?? NONE;
  return ofHandler === undefined ? ofType : new Set([...ofType, ...ofHandler]);
}

/** Whether a method itself opted out of a pattern. */
export function optsOut(method: object, pattern: OptOut | undefined): boolean {
  const own = Reflect.getOwnMetadata(OPT_OUTS, method) as ReadonlySet<string> | undefined;
  return pattern !== undefined && own?.has(pattern) === true;
}
