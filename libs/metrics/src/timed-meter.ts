import type { MethodObservation } from '#observation';
import { exemplarOf } from './exemplar.js';
import { fixedLabels, labelValues, type MethodLabels } from './method-labels.js';
import { CALL_LABELS, callLabel, type MeterSurroundings, type MethodMeter } from './method-meter.js';
import { GaugeSeries } from './prom-client/gauge-series.js';
import { HistogramSeries } from './prom-client/histogram-series.js';
import type { Gauge, Histogram } from './prom-client/instruments.js';
import { SeriesTree } from './prom-client/series-tree.js';
import type { TimedOptions } from './timed.decorator.js';

/** Measures a method's calls as `@Timed` says. */
export class TimedMeter implements MethodMeter {
  readonly #labels: MethodLabels;
  readonly #fixed: Record<string, string>;
  readonly #duration: Histogram;
  readonly #durations: SeriesTree<Histogram, HistogramSeries>;
  readonly #active?: SeriesTree<Gauge, GaugeSeries>;

  constructor(
    private readonly options: TimedOptions,
    private readonly surroundings: MeterSurroundings,
    method: string,
  ) {
    const { name = 'method.duration', labels = {}, buckets = surroundings.buckets, objectives = [] } = options;
    const general = options.name === undefined;
    const labelNames = [...CALL_LABELS, ...Object.keys(labels)];
    this.#labels = labels;
    this.#fixed = fixedLabels(labels);
    this.#duration = surroundings.metrics.histogram<string>({
      name,
      unit: 'seconds',
      description: options.description ?? (general ? 'Duration of method calls.' : `Duration of ${method}.`),
      labels: labelNames,
      buckets: [...new Set([...buckets, ...objectives])].sort((a, b) => a - b),
      exemplars: true,
      declaredBy: `@Timed on ${method}`,
    });
    this.#durations = new SeriesTree(this.#duration, labelNames, HistogramSeries);
    if (!options.longTask) return;
    const activeLabels = ['class', 'method', ...Object.keys(this.#fixed)];
    const active = surroundings.metrics.gauge<string>({
      name: `${general ? 'method' : name.replace(/_seconds$/, '')}_active`,
      description: general ? 'Method calls under way.' : `Calls of ${method} under way.`,
      labels: activeLabels,
      declaredBy: `@Timed on ${method}`,
    });
    this.#active = new SeriesTree(active, activeLabels, GaugeSeries);
  }

  declare(className: string, methodName: string): void {
    const series = { class: className, method: methodName, ...this.#fixed };
    this.#activeOf(className, methodName)?.add(0);
    const known = Object.keys(this.#fixed).length === Object.keys(this.#labels).length;
    if (known) this.#duration.zero({ ...series, outcome: 'success', error: 'none' });
  }

  started(call: MethodObservation): void {
    this.#activeOf(call.className, call.methodName)?.add(1);
  }

  stopped(call: MethodObservation): void {
    this.#activeOf(call.className, call.methodName)?.add(-1);
    const about = CALL_LABELS.map((label) => callLabel(label, call));
    this.#durations
      .of(...about, ...labelValues(this.#labels, call, this.surroundings.onError))
      .observe(call.durationMs! / 1_000, this.options.exemplars === false ? undefined : exemplarOf(call));
  }

  #activeOf(className: string, methodName: string): GaugeSeries | undefined {
    return this.#active?.of(className, methodName, ...Object.values(this.#fixed));
  }
}
