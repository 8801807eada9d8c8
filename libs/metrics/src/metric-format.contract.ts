import { describe, expect, it } from 'vitest';
import { readExposition, type ReadFamily } from './exposition-reader.fixture.js';
import type { MetricFamily } from './metric-family.js';
import type { MetricFormat } from './metric-format.js';

const ORDERS: MetricFamily = {
  name: 'placed_orders_total',
  kind: 'counter',
  description: 'Orders, "placed"\nin C:\\shop.',
  samples: [
    { suffix: '', labels: { city: 'Jeju' }, value: 3 },
    { suffix: '', labels: { city: undefined }, value: 0 },
  ],
};

const TEMPERATURE: MetricFamily = {
  name: 'oven_celsius',
  kind: 'gauge',
  description: 'How hot it is.',
  samples: [NaN, Infinity, -Infinity, 1e21, -0.5, 1.5e-7].map((value, oven) => ({
    suffix: '',
    labels: { oven },
    value,
  })),
};

const DURATION: MetricFamily = {
  name: 'order_place_seconds',
  kind: 'histogram',
  description: 'How long it took.',
  samples: [
    { suffix: '_bucket', labels: { le: 0.5, city: 'Jeju' }, value: 1 },
    { suffix: '_bucket', labels: { le: 1, city: 'Jeju' }, value: 2 },
    { suffix: '_bucket', labels: { le: '+Inf', city: 'Jeju' }, value: 3 },
    { suffix: '_sum', labels: { city: 'Jeju' }, value: 2.25 },
    { suffix: '_count', labels: { city: 'Jeju' }, value: 3 },
  ],
};

/** What every format has to keep; `familyName` is what it calls a counter's family. */
export function describeMetricFormat(format: MetricFormat, familyName: (counter: string) => string): void {
  const read = (...families: MetricFamily[]): ReadFamily[] => readExposition(format.print(families));

  describe(`${format.name}, as a format of metrics`, () => {
    it('tells name, kind and description of each family, once and in order', () => {
      expect(read(ORDERS, TEMPERATURE, DURATION).map(({ name, type, help }) => [name, type, help])).toEqual([
        [familyName('placed_orders_total'), 'counter', ORDERS.description],
        ['oven_celsius', 'gauge', TEMPERATURE.description],
        ['order_place_seconds', 'histogram', DURATION.description],
      ]);
    });

    it('names the samples of a counter _total, and gives an absent label the empty text', () => {
      expect(read(ORDERS)[0]!.samples).toEqual([
        { name: 'placed_orders_total', labels: { city: 'Jeju' }, value: 3 },
        { name: 'placed_orders_total', labels: { city: '' }, value: 0 },
      ]);
    });

    it('writes every number that JavaScript has', () => {
      expect(read(TEMPERATURE)[0]!.samples.map(({ value }) => value)).toEqual(
        TEMPERATURE.samples.map(({ value }) => value),
      );
    });

    it('keeps the parts of a histogram together, with bounds that are numbers', () => {
      const { samples } = read(DURATION)[0]!;
      expect(samples.map(({ name, value }) => [name.replace('order_place_seconds', ''), value])).toEqual([
        ['_bucket', 1],
        ['_bucket', 2],
        ['_bucket', 3],
        ['_sum', 2.25],
        ['_count', 3],
      ]);
      expect(samples.slice(0, 3).map(({ labels }) => Number(labels['le']!.replace('+Inf', 'Infinity')))).toEqual([
        0.5,
        1,
        Infinity,
      ]);
    });

    it('gives back every label value and description as it was, whatever characters it has', () => {
      const random = randomTexts(20_261_122);
      for (let round = 0; round < 500; round++) {
        const labels = { first: random(), second: random() };
        const description = random();
        const [family] = read({
          name: 'x',
          kind: 'gauge',
          description,
          samples: [{ suffix: '', labels, value: round }],
        });
        expect([family!.help, family!.samples]).toEqual([description, [{ name: 'x', labels, value: round }]]);
      }
    });

    it('leaves what it was given as it was', () => {
      const before = structuredClone([ORDERS, DURATION]);
      format.print([ORDERS, DURATION]);
      expect([ORDERS, DURATION]).toEqual(before);
    });

    it('prints nothing but its end for no families', () => {
      expect(format.print([])).toMatch(/^(# EOF\n)?$/);
    });
  });
}

/** Texts in which the characters that matter are frequent; the seed makes them the same in every run. */
function randomTexts(seed: number): () => string {
  const characters = ['\\', '"', '\n', '\r', '\t', '{', '}', ',', '=', '#', ' ', 'n', 'a', '\u2028', '주', '🍕', '\0'];
  let state = seed;
  const next = (below: number): number => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((state / 2 ** 32) * below);
  };
  return () => Array.from({ length: next(12) }, () => characters[next(characters.length)]).join('');
}
