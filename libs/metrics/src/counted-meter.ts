import type { MethodObservation } from '#observation';
import type { CountedOptions } from './counted.decorator.js';
import { exemplarOf } from './exemplar.js';
import { fixedLabels, labelsOf, type MethodLabels } from './method-labels.js';
import { CALL_LABELS, callLabels, type MeterSurroundings, type MethodMeter } from './method-meter.js';
import type { Counter } from './prom-client/instruments.js';

/** Counts a method's calls as `@Counted` says. */
export class CountedMeter implements MethodMeter {
  readonly #labels: MethodLabels;
  readonly #countOn: NonNullable<CountedOptions['countOn']>;
  readonly #aboutCall: readonly string[];
  readonly #calls: Counter;

  constructor(
    private readonly options: CountedOptions,
    private readonly surroundings: MeterSurroundings,
    method: string,
  ) {
    const { name, labels = {}, countOn = 'all' } = options;
    if (!['all', 'success', 'failure'].includes(countOn)) {
      throw new Error(`@Counted on ${method}: countOn "${countOn}" is unknown. Use one of all, success, failure.`);
    }
    this.#labels = labels;
    this.#countOn = countOn;
    if (name === undefined) this.#aboutCall = CALL_LABELS;
    else this.#aboutCall = countOn === 'all' ? ['outcome'] : [];
    this.#calls = surroundings.metrics.counter<string>({
      name: name ?? 'method.calls',
      description: options.description ?? (name === undefined ? 'Calls of methods.' : `Calls of ${method}.`),
      labels: [...this.#aboutCall, ...Object.keys(labels)],
      exemplars: true,
      declaredBy: `@Counted on ${method}`,
    });
  }

  declare(className: string, methodName: string): void {
    const fixed = fixedLabels(this.#labels);
    if (Object.keys(fixed).length < Object.keys(this.#labels).length) return;
    for (const outcome of ['success', 'failure']) {
      // Which error it will be is not known beforehand.
      const isKnown = outcome === 'success' || !this.#aboutCall.includes('error');
      if (!isKnown || !this.#counts(outcome)) continue;
      const call = this.#pick({ class: className, method: methodName, outcome, error: 'none' });
      this.#calls.inc({ labels: { ...call, ...fixed }, value: 0 });
    }
  }

  stopped(observation: MethodObservation): void {
    const call = callLabels(observation);
    if (!this.#counts(call.outcome!)) return;
    const own = labelsOf(this.#labels, observation, this.surroundings.onError);
    this.#calls.inc({
      labels: { ...this.#pick(call), ...own },
      exemplarLabels: this.options.exemplars === false ? undefined : exemplarOf(observation),
    });
  }

  #counts(outcome: string): boolean {
    return this.#countOn === 'all' || this.#countOn === outcome;
  }

  #pick(call: Record<string, string>): Record<string, string> {
    return Object.fromEntries(this.#aboutCall.map((label) => [label, call[label]!]));
  }
}
