import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { readResults, type Results } from '../results-file.ts';
import { BASELINE, CONTROL } from '../variants.ts';
import { costBlocks } from './cost-blocks.ts';
import { costChart } from './cost-chart.ts';
import { withBlocks } from './marked-blocks.ts';
import { pagesFor } from './written-pages.ts';

const cost = (name: string, median: number) => ({
  name,
  microseconds: 30 * median,
  median,
  low: median - 0.1,
  high: median + 0.1,
});
const planted = {
  setting: { measuredAt: '2026-01-02T03:04:05Z', node: 'v24.1.0', nest: '12.5.1', cpu: 'a CPU', cores: '' },
  heats: { Express: 5, Fastify: 7 },
  verdicts: [{ what: 'GET', asked: 2, atMost: 2.5, measured: 2.25, verdict: 'allowed' }],
  scenarios: [
    { name: 'Express GET', variants: [cost(BASELINE, 1), cost(CONTROL, 1), cost('logs & <spans>', 2.25)] },
    { name: 'Express POST', variants: [cost(BASELINE, 1)] },
  ],
  starts: [],
} as unknown as Results;

describe('the pages that tell of the cost', () => {
  it('tell what was measured last', async () => {
    for (const [name, text] of await pagesFor(readResults())) {
      const page = readFileSync(join(import.meta.dirname, '..', '..', name), 'utf8');
      expect(page, `${name} tells something else than bench/results.json: run "npm run bench:report"`).toBe(text);
    }
  });

  it('would be noticed if they told something else', async () => {
    const results = readResults();
    (results.scenarios[0]!.variants.at(-1) as { median: number }).median += 0.01;
    const committed = await pagesFor(readResults());
    const changed = [...(await pagesFor(results))].filter(([name, text]) => text !== committed.get(name));
    expect(changed.map(([name]) => name)).toEqual(['docs/cost.svg', 'docs/cost.md']);
  });
});

describe('withBlocks', () => {
  const page = 'Before.\n<!-- bench-cost:start -->\nold\n<!-- bench-cost:end -->\nAfter.\n';

  it('replaces what stands between the marks', () => {
    expect(withBlocks(page, new Map([['cost', 'new']]))).toBe(page.replace('old', '\nnew\n'));
  });

  it('refuses a block that nobody fills', () => {
    expect(() => withBlocks(page, new Map([['asked', '']]))).toThrow('There is no block "cost". Use one of asked.');
  });
});

describe('costBlocks', () => {
  it('has multiples under the microseconds of bare Nest, and nothing where nothing was measured', () => {
    expect(costBlocks(planted).get('cost')!.split('\n')).toEqual([
      '|  | Express GET | Express POST |',
      '| --- | ---: | ---: |',
      '| bare Nest | 30 µs | 30 µs |',
      '| logs & <spans> | ×2.25 | – |',
    ]);
    expect(costBlocks(planted).get('growth')).toBe('Not measured.');
  });
});

describe('costChart', () => {
  it('draws a bar as long as its multiple for each variant of a GET', () => {
    const chart = costChart(planted);
    const widths = [...chart.matchAll(/class="bar" .* width="([\d.]+)"/g)].map(([, width]) => Number(width));
    expect(widths).toHaveLength(2);
    expect(widths[1]! / widths[0]!).toBeCloseTo(2.25, 2);
    expect(chart).toContain('>logs &amp; &lt;spans><');
    expect(chart).not.toContain('POST');
    expect(chart).not.toContain(CONTROL);
  });
});
