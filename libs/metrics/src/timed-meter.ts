import type { MethodObservation } from '#observation';
import { exemplarOf } from './exemplar.js';
import { fixedLabels, labelsOf, type MethodLabels } from './method-labels.js';
import { CALL_LABELS, callLabels, type MeterSurroundings, type MethodMeter } from './method-meter.js';
import type { TimedOptions } from './timed.decorator.js';
import type { Gauge, Histogram } from './prom-client/instruments.js';

/** Measures a method's calls as `@Timed` says. */
export class TimedMeter implements MethodMeter {
  readonly #labels: MethodLabels;
  readonly #fixed: Record<string, string>;
  readonly #duration: Histogram;
  readonly #active?: Gauge;

  constructor(
    private readonly options: TimedOptions,
    private readonly surroundings: MeterSurroundings,
    method: string,
  ) {
    const { name = 'method.duration', labels = {}, buckets = surroundings.buckets, objectives = [] } = options;
    const general = options.name === undefined;
    this.#labels = labels;
    this.#fixed = fixedLabels(labels);
    this.#duration = surroundings.metrics.histogram<string>({
      name,
      unit: 'seconds',
      description: options.description ?? (general ? 'Duration of method calls.' : `Duration of ${method}.`),
      labels: [...CALL_LABELS, ...Object.keys(labels)],
      buckets: [...new Set([...buckets, ...objectives])].sort((a, b) => a - b),
      exemplars: true,
      declaredBy: `@Timed on ${method}`,
    });
    if (!options.longTask) return;
    this.#active = surroundings.metrics.gauge<string>({
      name: `${general ? 'method' : name.replace(/_seconds$/, '')}_active`,
      description: general ? 'Method calls under way.' : `Calls of ${method} under way.`,
      labels: ['class', 'method', ...Object.keys(this.#fixed)],
      declaredBy: `@Timed on ${method}`,
    });
  }

  declare(className: string, methodName: string): void {
    const series = { class: className, method: methodName, ...this.#fixed };
    this.#active?.set(series, 0);
    const known = Object.keys(this.#fixed).length === Object.keys(this.#labels).length;
    if (known) this.#duration.zero({ ...series, outcome: 'success', error: 'none' });
  }

  started({ className, methodName }: MethodObservation): void {
    this.#active?.inc({ class: className, method: methodName, ...this.#fixed });
  }

  stopped(observation: MethodObservation): void {
    const { className, methodName, durationMs } = observation;
    this.#active?.dec({ class: className, method: methodName, ...this.#fixed });
    this.#duration.observe({
      labels: { ...callLabels(observation), ...labelsOf(this.#labels, observation, this.surroundings.onError) },
      value: durationMs! / 1_000,
      exemplarLabels: this.options.exemplars === false ? undefined : exemplarOf(observation),
    });
  }
}
