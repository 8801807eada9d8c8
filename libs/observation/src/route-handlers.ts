import { RequestMethod, type Type } from '@nestjs/common';
import { MetadataScanner } from '@nestjs/core';
import type { InstanceWrapper } from '@nestjs/core/injector/instance-wrapper.js';
import type { Handler } from './handler-facts.js';

/**
 * The methods that the routes of an app lead to, each with its class. There is no telling when a route does not reveal whose
 * it is by its method alone: several classes inherit it, an instance replaces it, or it is one for all methods of HTTP,
 * which Nest 11 registers without what is said of it.
 */
export function routeHandlersOf(controllers: readonly InstanceWrapper[]): Map<Handler, Type> | undefined {
  const scanner = new MetadataScanner();
  const types = new Map<Handler, Type>();
  for (const { instance } of controllers) {
    if (!instance) continue;
    const prototype = Object.getPrototypeOf(instance) as Record<string, Handler>;
    const type = instance.constructor as Type;
    for (const name of scanner.getAllMethodNames(prototype)) {
      const handler = prototype[name]!;
      if (!Reflect.hasMetadata('path', handler)) continue;
      const isForAll = Reflect.getMetadata('method', handler) === RequestMethod.ALL;
      if (isForAll || instance[name] !== handler || (types.get(handler) ?? type) !== type) return undefined;
      types.set(handler, type);
    }
  }
  return types;
}
