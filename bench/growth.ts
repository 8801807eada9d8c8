import { parseArgs } from 'node:util';
import { runBenchCommand, say } from './bench-command.ts';
import { separateCores } from './cores.ts';
import { GROWING_SUITE, LEAKING } from './growth/growing-variants.ts';
import { growthResult, growthTable } from './growth/growth-result.ts';
import { type GrowthPlan, measureGrowth } from './growth/growth-run.ts';
import { writePages } from './pages/written-pages.ts';
import { ProgressLine } from './progress-line.ts';
import { writeResults } from './results-file.ts';
import { SPAN_BATCH } from './scenarios.ts';
import { currentSetting } from './setting.ts';

const FULL: GrowthPlan = {
  requestsPerSlice: 10 * SPAN_BATCH,
  warmUpSlices: 10,
  slices: 196,
  windowSlices: 20,
  growth: { requestsPerSeries: 400, maxSeries: 2_000, requestsPerRecord: 100 },
};

await runBenchCommand('bench:growth', async () => {
  const { values } = parseArgs({ options: { leaking: { type: 'boolean', default: false } } });
  const cores = separateCores();
  const variant = values.leaking ? LEAKING : GROWING_SUITE;
  say(`Node ${process.version}, ${cores.description}: ${variant.name} against bare Nest`);
  const progress = new ProgressLine(process.stderr);
  const figures = await measureGrowth({ plan: FULL, variant, serverPrefix: cores.serverPrefix, progress });
  progress.clear();
  const result = { ...growthResult(figures), setting: currentSetting(cores.description) };
  say(`\n${growthTable(result)}\n\nbench:growth: ${result.verdict}`);
  if (values.leaking) return result.verdict === 'passed';
  writeResults({ growth: result });
  await writePages();
  return result.verdict === 'passed';
});
