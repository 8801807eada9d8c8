import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type BenchOptions, readBenchOptions, USAGE } from './bench-options.ts';
import { separateCores } from './cores.ts';
import { measureAll } from './measurement.ts';
import { ProgressLine } from './progress-line.ts';
import { printReport, type Report, reportOn, resultsOf } from './report.ts';
import { seededRandom } from './seeded-random.ts';

const MAX_ATTEMPTS = 3;

const say = (line: string): void => void process.stdout.write(`${line}\n`);
const options = optionsOrExit();
const random = seededRandom(options.seed);
const cores = separateCores();
say(`Node ${process.version}, ${cores.description}, seed ${options.seed}`);

const reports: Report[] = [];
while (reports.length < MAX_ATTEMPTS && !reports.at(-1)?.isSteady) {
  const progress = new ProgressLine(process.stderr);
  const { plan } = options;
  const report = reportOn(await measureAll({ plan, random, serverPrefix: cores.serverPrefix, progress }));
  reports.push(report);
  progress.clear();
  say(`\nAttempt ${reports.length} of at most ${MAX_ATTEMPTS}\n\n${printReport(report)}\n`);
}

const results = resultsOf(reports, options, cores.description) as { verdict: string };
writeFileSync(join(import.meta.dirname, 'results.json'), `${JSON.stringify(results, undefined, 2)}\n`);
say(`bench: ${results.verdict}; the figures are in bench/results.json`);
process.exit(results.verdict === 'passed' ? 0 : 1);

function optionsOrExit(): BenchOptions {
  try {
    return readBenchOptions(process.argv.slice(2));
  } catch (error) {
    process.stderr.write(`bench: ${(error as Error).message}\n${USAGE}\n`);
    process.exit(2);
  }
}
