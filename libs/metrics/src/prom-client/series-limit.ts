import { Logger } from '@nestjs/common';
import type { Metric } from 'prom-client';
import { OVERFLOW_LABEL } from '../metric-label.js';

type Labels = Record<string, string | number>;

/** What prom-client keeps of one series: counters and gauges a value, histograms and summaries sums of their own. */
interface Cell {
  labels: Labels;
  value?: number;
}
type Cells = Record<string, Cell>;

const OVERFLOW = 'overflow';

/** Where a metric with a limit still has prom-client's own store. */
const STORE = Symbol('STORE');

/** The series that a metric has by now, by prom-client's keys; only those of its own, and none to be added. */
export function cellsOf(metric: object): Readonly<Record<string, unknown>> {
  const { [STORE]: limited, hashMap } = metric as { [STORE]?: Cells; hashMap: Cells };
  return limited ?? hashMap;
}

/**
 * Keeps a metric from growing without bound: label sets beyond the limit are folded into one series, so that totals
 * stay right while one bad label cannot take the memory of the process or block it at every scrape.
 *
 * It stands where prom-client stores series by label set, because that is the one place that every way of writing
 * (`inc`, `labels().inc`, `startTimer`, …) goes through.
 */
export class SeriesLimit {
  /** Samples that went into the overflow series. */
  overflows = 0;
  readonly name: string;
  readonly #labelNames: readonly string[];
  readonly #metric: object;
  #series = 0;
  #store!: Cells;
  #watched!: Cells;

  constructor(
    metric: Metric,
    private readonly maxSeries: number,
  ) {
    const stored = metric as unknown as { name: string; labelNames: readonly string[]; hashMap: Cells };
    this.#metric = metric;
    this.name = stored.name;
    this.#labelNames = stored.labelNames;
    this.#watch(stored.hashMap);
    Object.defineProperty(metric, STORE, { get: () => this.#store, configurable: true });
    Object.defineProperty(metric, 'hashMap', {
      get: () => this.#watched,
      // `reset()` puts a new store in the place of the old one.
      set: (store: Cells) => {
        this.#watch(store);
      },
      configurable: true,
    });
  }

  /** Leaves the metric as it was found, with the series that it has. */
  release(): void {
    Reflect.deleteProperty(this.#metric, STORE);
    Object.defineProperty(this.#metric, 'hashMap', { value: this.#store, writable: true });
  }

  #watch(store: Cells): void {
    this.#store = store;
    this.#series = Object.keys(store).filter((key) => key !== OVERFLOW).length;
    this.#watched = new Proxy(store, {
      get: (cells, key: string) => cells[key] ?? (this.#isFull() ? cells[OVERFLOW] : undefined),
      set: (cells, key: string, cell: Cell) => {
        if (key in cells) cells[key] = cell;
        else if (this.#isFull()) this.#fold(cells, cell);
        else {
          cells[key] = cell;
          this.#series++;
        }
        return true;
      },
      deleteProperty: (cells, key: string) => {
        if (key in cells && key !== OVERFLOW) this.#series--;
        return delete cells[key];
      },
    });
  }

  #isFull(): boolean {
    return this.#series >= this.maxSeries;
  }

  #fold(cells: Cells, cell: Cell): void {
    const overflow = cells[OVERFLOW];
    if (overflow === undefined) {
      if (this.overflows === 0) this.#warn(cells);
      this.overflows++;
      const labels = { ...Object.fromEntries(this.#labelNames.map((name) => [name, ''])), [OVERFLOW_LABEL]: 'true' };
      cells[OVERFLOW] =
        cell.value === undefined ? Object.assign(cell, { labels }) : this.#countingCell(cell.value, labels);
    } else if (cell.value !== undefined) {
      overflow.value = cell.value;
    } else if (cell === overflow) {
      this.overflows++;
    }
  }

  /** Counters add to the cell that they found, so the cell itself notices. */
  #countingCell(value: number, labels: Labels): Cell {
    const count = (): void => void this.overflows++;
    return {
      labels,
      get value() {
        return value;
      },
      set value(next) {
        count();
        value = next;
      },
    };
  }

  #warn(cells: Cells): void {
    const all = Object.values(cells).map(({ labels }) => labels);
    const distinct = (label: string): number => new Set(all.map((labels) => labels[label])).size;
    const [worst] = this.#labelNames.map((label) => [label, distinct(label)] as const).sort(([, a], [, b]) => b - a);
    new Logger('MetricRegistry').warn(
      `"${this.name}" has ${this.maxSeries} series; new label sets are counted under ${OVERFLOW_LABEL}="true" from now ` +
        `on. Its label "${worst?.[0]}" has ${worst?.[1]} values: leave it out, or raise metrics.maxSeries.`,
    );
  }
}
