import type { MethodObservation } from '#observation';
import type { CountedOptions } from './counted.decorator.js';
import { exemplarOf } from './exemplar.js';
import { fixedLabels, labelValues, type MethodLabels } from './method-labels.js';
import { CALL_LABELS, type CallLabel, callLabel, type MeterSurroundings, type MethodMeter } from './method-meter.js';
import { CounterSeries } from './prom-client/counter-series.js';
import type { Counter } from './prom-client/instruments.js';
import { SeriesTree } from './prom-client/series-tree.js';

/** Counts a method's calls as `@Counted` says. */
export class CountedMeter implements MethodMeter {
  readonly #labels: MethodLabels;
  readonly #countOn: NonNullable<CountedOptions['countOn']>;
  readonly #aboutCall: readonly CallLabel[];
  readonly #calls: Counter;
  readonly #series: SeriesTree<Counter, CounterSeries>;

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
    const labelNames = [...this.#aboutCall, ...Object.keys(labels)];
    this.#calls = surroundings.metrics.counter<string>({
      name: name ?? 'method.calls',
      description: options.description ?? (name === undefined ? 'Calls of methods.' : `Calls of ${method}.`),
      labels: labelNames,
      exemplars: true,
      declaredBy: `@Counted on ${method}`,
    });
    this.#series = new SeriesTree(this.#calls, labelNames, CounterSeries);
  }

  declare(className: string, methodName: string): void {
    const fixed = fixedLabels(this.#labels);
    if (Object.keys(fixed).length < Object.keys(this.#labels).length) return;
    for (const outcome of ['success', 'failure']) {
      // Which error it will be is not known beforehand.
      const isKnown = outcome === 'success' || !this.#aboutCall.includes('error');
      if (!isKnown || !this.#counts(outcome)) continue;
      const call = { class: className, method: methodName, outcome, error: 'none' };
      const about = Object.fromEntries(this.#aboutCall.map((label) => [label, call[label]]));
      this.#calls.inc({ labels: { ...about, ...fixed }, value: 0 });
    }
  }

  stopped(call: MethodObservation): void {
    if (!this.#counts(callLabel('outcome', call))) return;
    const about = this.#aboutCall.map((label) => callLabel(label, call));
    this.#series
      .of(...about, ...labelValues(this.#labels, call, this.surroundings.onError))
      .inc(this.options.exemplars === false ? undefined : exemplarOf(call));
  }

  #counts(outcome: string): boolean {
    return this.#countOn === 'all' || this.#countOn === outcome;
  }
}
