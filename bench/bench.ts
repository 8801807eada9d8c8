import { runBenchCommand, say } from './bench-command.ts';
import { type BenchOptions, type Form, readBenchOptions } from './bench-options.ts';
import { type Cores, separateCores } from './cores.ts';
import { isSteady } from './costs.ts';
import { LIMITS } from './limits.ts';
import type { Measurement } from './measurement.ts';
import { writePages } from './pages/written-pages.ts';
import { ProgressLine } from './progress-line.ts';
import { readResults, type Results, RESULTS_PATH, SHORT_RESULTS_PATH, writeResults } from './results-file.ts';
import { seededRandom } from './seeded-random.ts';
import { currentSetting } from './setting.ts';
import { startUpTable } from './start-up-table.ts';
import { measureStarts, startCosts } from './start-up.ts';
import { measureUntilSteady } from './steady-measurement.ts';
import { judge, type Verdict, verdictTable } from './verdict.ts';

await runBenchCommand('bench', async () => {
  const options = readBenchOptions(process.argv.slice(2));
  const cores = separateCores();
  say(`Node ${process.version}, ${cores.description}, seed ${options.seed}`);
  const results = await measure(options, cores);
  say(`\n${startUpTable('Until it listens', results.starts)}\n\n${verdictTable(results.verdicts)}\n`);

  const isFull = options.form === 'full';
  writeResults(results, isFull ? RESULTS_PATH : SHORT_RESULTS_PATH);
  if (isFull) await writePages();
  say(`bench: ${results.verdict}; the figures are in bench/${isFull ? 'results.json' : 'results.short.json'}`);
  return results.verdict === 'passed';
});

async function measure(
  { form, plan, startUpPlan, attempts, seed, again }: BenchOptions,
  cores: Cores,
): Promise<Results> {
  const before = again ? readResults() : undefined;
  const progress = new ProgressLine(process.stderr);
  const setup = { random: seededRandom(seed), serverPrefix: cores.serverPrefix, progress };
  const measurement = await measureUntilSteady({ plan, attempts, say, ...setup }, before);
  const starts =
    before?.starts ?? startCosts(await measureStarts({ plan: startUpPlan, ...setup }), startUpPlan.variants);
  progress.clear();
  const { scenarios, turns, refusals } = measurement;
  const verdicts = judge(LIMITS, { scenarios, starts });
  return {
    verdict: verdictOn(measurement, verdicts, form),
    form,
    seed,
    quietTurns: plan.quietTurns,
    turns,
    requestsPerSlice: plan.requestsPerSlice,
    setting: currentSetting(cores.description),
    refusals,
    verdicts,
    scenarios,
    starts,
  };
}

function verdictOn({ scenarios, refusals }: Measurement, verdicts: readonly Verdict[], form: Form): Results['verdict'] {
  const isWithin = verdicts.every(
    ({ verdict }) => verdict !== 'too much' && (form === 'short' || verdict !== 'not measured'),
  );
  return isWithin && scenarios.every(isSteady) && refusals.length === 0 ? 'passed' : 'failed';
}
