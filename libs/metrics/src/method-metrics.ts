import {
  type MethodObservation,
  OBSERVED_ASPECT,
  type ObservedMethod,
  type ObservedMethodSite,
  type ObservedOptions,
} from '#observation';
import { COUNTED_ASPECT, type CountedOptions } from './counted.decorator.js';
import { CountedMeter } from './counted-meter.js';
import type { MeterSurroundings, MethodMeter } from './method-meter.js';
import { TIMED_ASPECT, type TimedOptions } from './timed.decorator.js';
import { TimedMeter } from './timed-meter.js';

/** Measures and counts the calls of methods that decorators marked. */
export class MethodMetrics {
  readonly #meters = new WeakMap<ObservedMethod, readonly MethodMeter[]>();

  constructor(private readonly surroundings: MeterSurroundings) {}

  /** Makes the metrics of all marked methods; two that disagree about a name stop the start. */
  declare(sites: readonly ObservedMethodSite[]): void {
    for (const { className, method } of sites) {
      for (const meter of this.#metersOf(method, className)) meter.declare(className, method.name);
    }
  }

  started(observation: MethodObservation): void {
    for (const meter of this.#metersOf(observation.method, observation.className)) meter.started?.(observation);
  }

  stopped(observation: MethodObservation): void {
    for (const meter of this.#metersOf(observation.method, observation.className)) meter.stopped(observation);
  }

  /** Objects that are no providers are not known at start, so their meters are made when they are called. */
  #metersOf(method: ObservedMethod, className: string): readonly MethodMeter[] {
    let meters = this.#meters.get(method);
    if (meters === undefined) {
      meters = this.#makeMeters(method, `${className}.${method.name}`);
      this.#meters.set(method, meters);
    }
    return meters;
  }

  #makeMeters({ aspects }: ObservedMethod, method: string): MethodMeter[] {
    const timed = (aspects.get(TIMED_ASPECT) ?? []) as TimedOptions[];
    const observed = (aspects.get(OBSERVED_ASPECT) ?? []) as ObservedOptions[];
    // One call is one sample: @Observed under the name of a @Timed is the same histogram.
    const further = observed.filter(({ name }) => !timed.some((options) => options.name === name));
    const counted = (aspects.get(COUNTED_ASPECT) ?? []) as CountedOptions[];
    return [
      ...[...timed, ...further].map((options) => new TimedMeter(options, this.surroundings, method)),
      ...counted.map((options) => new CountedMeter(options, this.surroundings, method)),
    ];
  }
}
