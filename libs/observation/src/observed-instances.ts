import { Injectable } from '@nestjs/common';
import { DiscoveryService } from '@nestjs/core';
import { Observations } from './observations.js';
import { observedMethodOf } from './observed-method.js';
import { claimInstance } from './process-wide.js';

/** Tells the app's providers and controllers whose they are, and finds the methods that decorators marked. */
@Injectable()
export class ObservedInstances {
  #done = false;

  constructor(
    private readonly discovery: DiscoveryService,
    private readonly observations: Observations,
  ) {}

  claim(): void {
    if (this.#done) return;
    this.#done = true;
    const types = new Set<object>();
    for (const { instance, metatype } of [...this.discovery.getProviders(), ...this.discovery.getControllers()]) {
      if (typeof instance === 'object' && instance !== null) {
        claimInstance(instance, this.observations);
        types.add(instance.constructor);
      }
      // Request-scoped and transient providers have no instance yet; their class is known all the same.
      if (typeof metatype === 'function') types.add(metatype);
    }
    for (const type of types) this.#collect(type as { name: string; prototype?: object });
  }

  #collect(type: { name: string; prototype?: object }): void {
    const seen = new Set<string | symbol>();
    for (let level = type.prototype; level && level !== Object.prototype; level = Object.getPrototypeOf(level)) {
      for (const key of Reflect.ownKeys(level)) {
        const method = observedMethodOf(Object.getOwnPropertyDescriptor(level, key)?.value);
        if (method !== undefined && !seen.has(key)) this.observations.methods.push({ className: type.name, method });
        seen.add(key);
      }
    }
  }
}
