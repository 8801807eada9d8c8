import { Writable } from 'node:stream';
import { expect, it } from 'vitest';
import { measureAll } from './measurement.ts';
import { ProgressLine } from './progress-line.ts';
import { GET, SCENARIOS } from './scenarios.ts';
import { seededRandom } from './seeded-random.ts';
import { BASELINE, CONTROL, type Variant, VARIANTS } from './variants.ts';

const variant = (name: string): Variant => VARIANTS.find((each) => each.name === name)!;

it('measures until there are quiet turns enough, and refuses nobody but who fails', { timeout: 60_000 }, async () => {
  const broken: Variant = { ...variant(BASELINE), name: 'broken', app: 'missing' };
  const plan = {
    variants: [variant(BASELINE), variant(CONTROL), broken],
    scenarios: SCENARIOS.filter(({ route, adapter }) => route.name === GET && adapter === 'express'),
    quietTurns: 2,
    turnsPerVisit: 1,
    maxVisits: 3,
    requestsPerSlice: 128,
  };
  const lines: string[] = [];
  const out = new Writable({ write: (line: Buffer, _encoding, done) => done(void lines.push(line.toString())) });
  const progress = new ProgressLine(out as NodeJS.WriteStream);
  const { scenarios, turns, refusals } = await measureAll({
    plan,
    random: seededRandom(1),
    serverPrefix: [],
    progress,
  });

  expect(refusals).toEqual([expect.stringContaining('broken on Express: The server did not start')]);
  expect(lines).toContain(`REFUSED: ${refusals[0]}\n`);
  expect(scenarios.map(({ name, variants }) => [name, variants.map((variant) => variant.name)])).toEqual([
    ['Express GET', [BASELINE, CONTROL]],
  ]);
  expect(turns.made).toBeGreaterThanOrEqual(turns.quiet);
  expect(turns.quiet >= 2 || turns.made === plan.maxVisits).toBe(true);
});
