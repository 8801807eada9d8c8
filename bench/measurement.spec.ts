import { Writable } from 'node:stream';
import { expect, it } from 'vitest';
import type { Heat } from './heat.ts';
import { measureAll, type Plan } from './measurement.ts';
import { ProgressLine } from './progress-line.ts';
import { GET, SCENARIOS } from './scenarios.ts';
import { seededRandom } from './seeded-random.ts';
import { BASELINE, CONTROL, type Variant, VARIANTS } from './variants.ts';

const variant = (name: string): Variant => ({ ...VARIANTS.find((each) => each.name === name)!, routes: [GET] });
const broken: Variant = { ...variant(BASELINE), name: 'broken', app: 'missing' };
const plan: Plan = {
  variants: [variant(BASELINE), broken, variant(CONTROL)],
  scenarios: SCENARIOS.filter(({ route, adapter }) => route.name === GET && adapter === 'fastify'),
  heats: 2,
  maxHeats: 2,
  warmUpRounds: 1,
  turnsPerHeat: 2,
  requestsPerTurn: 512,
};

it('goes on from the heats that there were, and refuses nobody but who fails', { timeout: 120_000 }, async () => {
  const lines: string[] = [];
  const out = new Writable({ write: (line: Buffer, _encoding, done) => done(void lines.push(line.toString())) });
  const bench = { random: seededRandom(1), serverPrefix: [], progress: new ProgressLine(out as NodeJS.WriteStream) };
  const kept: Heat[] = [];
  await measureAll({ ...bench, plan: { ...plan, heats: 1, maxHeats: 1 }, keep: (heat) => kept.push(heat) });
  expect(kept).toHaveLength(1);

  const before = [...kept];
  const { scenarios, heats, refusals } = await measureAll({ ...bench, plan, before, keep: (heat) => kept.push(heat) });
  expect(heats).toEqual({ Fastify: 2 });
  expect(kept.map(({ turns }) => turns['Fastify GET']!.map((turn) => Object.keys(turn).toSorted()))).toEqual(
    Array(2).fill(Array(2).fill([BASELINE, CONTROL])),
  );
  expect(refusals).toEqual([expect.stringContaining('broken on Fastify: The server did not start')]);
  // In the second heat it was not even started.
  expect(lines.filter((line) => line.startsWith('REFUSED'))).toEqual([`REFUSED: ${refusals[0]}\n`]);
  expect(scenarios.map(({ name, variants }) => [name, variants.map((each) => each.name)])).toEqual([
    ['Fastify GET', [BASELINE, CONTROL]],
  ]);
});
