import { runBenchCommand, say } from './bench-command.ts';
import { type BenchOptions, readBenchOptions } from './bench-options.ts';
import { type Cores, separateCores } from './cores.ts';
import { LIMITS } from './limits.ts';
import { measureAll } from './measurement.ts';
import { ProgressLine } from './progress-line.ts';
import { printReport, type Report, reportOn } from './report.ts';
import { type Results, RESULTS_PATH, SHORT_RESULTS_PATH, writeResults } from './results-file.ts';
import { writePages } from './pages/written-pages.ts';
import { seededRandom } from './seeded-random.ts';
import { currentSetting } from './setting.ts';
import { startUpTable } from './start-up-table.ts';
import { measureStarts, type StartCost, startCosts } from './start-up.ts';
import { judge, type Verdict, verdictTable } from './verdict.ts';

interface Run {
  report: Report;
  starts: StartCost[];
  verdicts: Verdict[];
}

await runBenchCommand('bench', async () => {
  const options = readBenchOptions(process.argv.slice(2));
  const cores = separateCores();
  say(`Node ${process.version}, ${cores.description}, seed ${options.seed}`);
  const run = await measure(options, cores);
  say(`\n${startUpTable('Until it listens', run.starts)}\n\n${verdictTable(run.verdicts)}\n`);

  const results = resultsOf(run, options, cores);
  const isFull = options.form === 'full';
  writeResults(results, isFull ? RESULTS_PATH : SHORT_RESULTS_PATH);
  if (isFull) await writePages();
  say(`bench: ${results.verdict}; the figures are in bench/${isFull ? 'results.json' : 'results.short.json'}`);
  return results.verdict === 'passed';
});

async function measure({ plan, startUpPlan, seed }: BenchOptions, { serverPrefix }: Cores): Promise<Run> {
  const random = seededRandom(seed);
  const progress = new ProgressLine(process.stderr);
  const report = reportOn(await measureAll({ plan, random, serverPrefix, progress }));
  progress.clear();
  say(`\n${printReport(report)}`);
  const startFigures = await measureStarts({ plan: startUpPlan, random, serverPrefix, progress });
  progress.clear();
  const starts = startCosts(startFigures, startUpPlan.variants);
  return { report, starts, verdicts: judge(LIMITS, { ...report, starts }) };
}

function resultsOf({ report, starts, verdicts }: Run, { form, seed, plan }: BenchOptions, cores: Cores): Results {
  const { scenarios, turns, refusals, controlHalfWidth, isSteady } = report;
  const isWithin = verdicts.every(
    ({ verdict }) => verdict !== 'too much' && (form === 'short' || verdict !== 'not measured'),
  );
  return {
    verdict: isSteady && refusals.length === 0 && isWithin ? 'passed' : 'failed',
    form,
    seed,
    quietTurns: plan.quietTurns,
    turns,
    requestsPerSlice: plan.requestsPerSlice,
    setting: currentSetting(cores.description),
    controlHalfWidth,
    refusals,
    verdicts,
    scenarios: scenarios.map(({ name, costs }) => ({ name, variants: costs })),
    starts,
  };
}
