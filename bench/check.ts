import { parseArgs } from 'node:util';
import { runBenchCommand, say } from './bench-command.ts';
import { PLANS, randomSeed } from './bench-options.ts';
import { compareCosts, comparisonTable } from './check/comparison.ts';
import { separateCores } from './cores.ts';
import { measureAll, type Plan } from './measurement.ts';
import { ProgressLine } from './progress-line.ts';
import { readResults } from './results-file.ts';
import { GET, SCENARIOS } from './scenarios.ts';
import { seededRandom } from './seeded-random.ts';
import { BASELINE, CONTROL, SUMMARY, type Variant, WHOLE } from './variants.ts';

const MAX_ATTEMPTS = 3;
const NAME = 'bench:check';

await runBenchCommand(NAME, async () => {
  const { values } = parseArgs({ options: { burdened: { type: 'boolean', default: false } } });
  const committed = readResults();
  const cores = separateCores();
  const suite = measuredSuite(values.burdened);
  const plan: Plan = {
    ...PLANS.short,
    variants: [...SUMMARY.filter(({ name }) => name === BASELINE || name === CONTROL), suite],
    scenarios: SCENARIOS.filter(({ route, runtime }) => route.name === GET && runtime === suite.runtime),
  };
  const random = seededRandom(Number(randomSeed()));
  for (let attempt = 1; attempt <= MAX_ATTEMPTS; attempt += 1) {
    const progress = new ProgressLine(process.stderr);
    const measurement = await measureAll({ plan, random, serverPrefix: cores.serverPrefix, progress });
    progress.clear();
    const comparison = compareCosts(committed, WHOLE, measurement, suite.name);
    say(`${comparisonTable(comparison)}\n${NAME}: attempt ${attempt}: ${comparison.verdict}: ${comparison.because}\n`);
    if (comparison.verdict === 'passed') return true;
  }
  say(`${NAME}: failed ${MAX_ATTEMPTS} times. If the cost is meant, run "npm run bench" and commit what it writes.`);
  return false;
});

/** The suite, or one with a burden that the check must notice. */
function measuredSuite(isBurdened: boolean): Variant {
  const whole = SUMMARY.find(({ name }) => name === WHOLE)!;
  return isBurdened ? { ...whole, name: 'the whole suite and a burden', app: 'burdened-suite' } : whole;
}
