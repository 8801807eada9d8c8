import { parseArgs } from 'node:util';
import { runBenchCommand, say } from './bench-command.ts';
import { countInstructions, hasValgrind } from './instructions/counted-run.ts';
import { instructionsResult } from './instructions/instructions-result.ts';
import { writePages } from './pages/written-pages.ts';
import { ProgressLine } from './progress-line.ts';
import { writeResults } from './results-file.ts';
import { currentSetting } from './setting.ts';
import { BASELINE, SUMMARY, type Variant, WHOLE } from './variants.ts';

const NAME = 'bench:instructions';

await runBenchCommand(NAME, async () => {
  const { values } = parseArgs({ options: { 'print-only': { type: 'boolean', default: false } } });
  if (!hasValgrind()) {
    say(`${NAME}: not available here: valgrind is not installed. On Debian: apt-get install valgrind`);
    return true;
  }
  const begin = performance.now();
  const progress = new ProgressLine(process.stderr);
  const tellTime = () => progress.show(`counting the instructions of ${BASELINE} and of ${WHOLE}, about two minutes`);
  tellTime();
  using timer = setInterval(tellTime, 1_000);
  const [bare, suite] = await Promise.all([BASELINE, WHOLE].map((name) => countInstructions(variantNamed(name))));
  timer.close();
  progress.clear();
  const { result, table } = instructionsResult(bare!, suite!, currentSetting('one thread under valgrind'));
  say(`${table}\n\n${NAME}: counted in ${((performance.now() - begin) / 1_000).toFixed(0)} s`);
  if (!values['print-only']) {
    writeResults({ instructions: result });
    await writePages();
  }
  return true;
});

function variantNamed(name: string): Variant {
  return SUMMARY.find((variant) => variant.name === name)!;
}
