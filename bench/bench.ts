import { runBenchCommand, say } from './bench-command.ts';
import { type BenchOptions, type Form, readBenchOptions } from './bench-options.ts';
import { digestOfBuiltFiles } from './built-files.ts';
import { type Cores, separateCores } from './cores.ts';
import { isSteady } from './costs.ts';
import { HeatsFile } from './heats-file.ts';
import { LIMITS } from './limits.ts';
import { measureAll, type Measurement } from './measurement.ts';
import { writePages } from './pages/written-pages.ts';
import { ProgressLine } from './progress-line.ts';
import { printReport } from './report.ts';
import { type Results, RESULTS_PATH, SHORT_RESULTS_PATH, writeResults } from './results-file.ts';
import { seededRandom } from './seeded-random.ts';
import { currentSetting } from './setting.ts';
import { startUpTable } from './start-up-table.ts';
import { measureStarts, startCosts } from './start-up.ts';
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

async function measure({ form, plan, startUpPlan, seed, again }: BenchOptions, cores: Cores): Promise<Results> {
  const subject = { build: digestOfBuiltFiles(), node: process.version, form };
  const file = again ? HeatsFile.goOn(subject) : HeatsFile.begin(subject);
  const progress = new ProgressLine(process.stderr);
  const setup = { random: seededRandom(seed), serverPrefix: cores.serverPrefix, progress };
  const measurement = await measureAll({ plan, ...setup, before: file.heats, keep: (heat) => file.append({ heat }) });
  progress.clear();
  say(`\n${printReport(measurement)}`);
  let { starts } = file;
  if (starts === undefined) {
    starts = startCosts(await measureStarts({ plan: startUpPlan, ...setup }), startUpPlan.variants);
    file.append({ starts });
    progress.clear();
  }
  const { scenarios, heats, refusals } = measurement;
  const verdicts = judge(LIMITS, { scenarios, starts });
  return {
    verdict: verdictOn(measurement, verdicts, form),
    form,
    seed,
    heats,
    turnsPerHeat: plan.turnsPerHeat,
    requestsPerTurn: plan.requestsPerTurn,
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
