import { parseArgs } from 'node:util';
import { runBenchCommand, say } from './bench-command.ts';
import { countInstructions, hasValgrind } from './instructions/counted-run.ts';
import type { InstructionsResult } from './instructions/instructions-result.ts';
import { writePages } from './pages/written-pages.ts';
import { ProgressLine } from './progress-line.ts';
import { writeResults } from './results-file.ts';
import { currentSetting } from './setting.ts';
import { textTable } from './text-table.ts';
import { BASELINE, SUMMARY, type Variant, WHOLE } from './variants.ts';

// Whole batches of spans; the shorter run has everything compiled that the longer one needs.
const SHORTER = 8 * 512;
const LONGER = 16 * 512;

const NAME = 'bench:instructions';

await runBenchCommand(NAME, async () => {
  const { values } = parseArgs({ options: { 'print-only': { type: 'boolean', default: false } } });
  if (!hasValgrind()) {
    say(`${NAME}: not available here: valgrind is not installed. On Debian: apt-get install valgrind`);
    return true;
  }
  const begin = performance.now();
  const progress = new ProgressLine(process.stderr);
  progress.show(`counting the instructions of ${BASELINE} and of ${WHOLE}, two runs each`, 0);
  const bare = await perRequest(variantNamed(BASELINE));
  progress.show(`half of it is done`, 0.5);
  const suite = await perRequest(variantNamed(WHOLE));
  progress.clear();
  const result: InstructionsResult = {
    bare,
    suite,
    ratio: suite / bare,
    requests: LONGER - SHORTER,
    setting: currentSetting('one thread under valgrind'),
  };
  const rows = [
    [BASELINE, bare.toFixed(0), '×1.00'],
    [WHOLE, suite.toFixed(0), `×${result.ratio.toFixed(3)}`],
  ];
  const seconds = ((performance.now() - begin) / 1_000).toFixed(0);
  say(`${textTable(['instructions of one request', 'count', 'over'], rows)}\n\n${NAME}: counted in ${seconds} s`);
  if (!values['print-only']) {
    writeResults({ instructions: result });
    await writePages();
  }
  return true;
});

/** What one request more takes: the difference of two runs, so that start and end cancel out. */
async function perRequest(variant: Variant): Promise<number> {
  const [shorter, longer] = await Promise.all([SHORTER, LONGER].map((count) => countInstructions(variant, count)));
  return (longer! - shorter!) / (LONGER - SHORTER);
}

function variantNamed(name: string): Variant {
  return SUMMARY.find((variant) => variant.name === name)!;
}
