import { Injectable } from '@nestjs/common';
import { DiscoveryService } from '@nestjs/core';
import type { DeclaredCheck } from './contributor-plan.js';
import { FunctionIndicator } from './indicators/function.indicator.js';
import { type MarkedCheck, markedCheckOf } from './marked-check.js';

type Wrapper = ReturnType<DiscoveryService['getProviders']>[number];
type Instance = Readonly<Record<string | symbol, (signal: AbortSignal) => unknown>>;

/** Finds the methods of the app's providers and controllers that decorators made checks. */
@Injectable()
export class MarkedMethods {
  constructor(private readonly discovery: DiscoveryService) {}

  /** To be asked once all providers have their instances. */
  declared(): DeclaredCheck[] {
    const seen = new Set<unknown>();
    const wrappers = [...this.discovery.getProviders(), ...this.discovery.getControllers()];
    return wrappers.flatMap((wrapper) => {
      // An alias gives the same instance a second time.
      if (seen.has(wrapper.instance)) return [];
      if (wrapper.instance) seen.add(wrapper.instance);
      return checksOf(wrapper);
    });
  }
}

function checksOf(wrapper: Wrapper): DeclaredCheck[] {
  const { instance, metatype, host } = wrapper;
  const prototype: object | undefined =
    typeof instance === 'object' && instance !== null
      ? Object.getPrototypeOf(instance)
      : (metatype as { prototype?: object } | null)?.prototype;
  return markedMethods(prototype).map(([method, { name, ...options }]) => {
    const declaredBy = `${prototype!.constructor.name}.${String(method)} in ${host?.name ?? 'the app'}`;
    if (!wrapper.isDependencyTreeStatic() || wrapper.isTransient) {
      throw new Error(
        `HealthModule: the check "${name}" of ${declaredBy} belongs to a provider of which there is not exactly one. ` +
          'Put the check on a provider without a scope of its own.',
      );
    }
    const work = (signal: AbortSignal): unknown => (instance as Instance)[method]!(signal);
    return { ...options, indicator: new FunctionIndicator(name, work), declaredBy };
  });
}

/** The marked methods of a class and those it inherits; one that it overrides counts as it is there. */
function markedMethods(prototype: object | undefined): [string | symbol, MarkedCheck][] {
  const found = new Map<string | symbol, MarkedCheck | undefined>();
  for (let level = prototype; level && level !== Object.prototype; level = Object.getPrototypeOf(level)) {
    for (const key of Reflect.ownKeys(level)) {
      if (!found.has(key)) found.set(key, markedCheckOf(Object.getOwnPropertyDescriptor(level, key)?.value));
    }
  }
  return [...found].filter((entry): entry is [string | symbol, MarkedCheck] => entry[1] !== undefined);
}
