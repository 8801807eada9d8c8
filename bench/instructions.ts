import { parseArgs } from 'node:util';
import { runBenchCommand, say } from './bench-command.ts';
import { countInstructions, hasValgrind } from './instructions/counted-run.ts';
import { type InstructionCount, instructionCounts, instructionsTable } from './instructions/instructions-result.ts';
import { writePages } from './pages/written-pages.ts';
import { ProgressLine } from './progress-line.ts';
import { writeResults } from './results-file.ts';
import { ADAPTERS, type AdapterName } from './scenarios.ts';
import { currentSetting } from './setting.ts';
import { CONTROL, SUMMARY } from './variants.ts';

const NAME = 'bench:instructions';
/** Without the second bare Nest: how far counts of the same server differ is seen in their intervals. */
const COUNTED = SUMMARY.filter(({ name }) => name !== CONTROL);

await runBenchCommand(NAME, async () => {
  const { values } = parseArgs({ options: { 'print-only': { type: 'boolean', default: false } } });
  if (!hasValgrind()) {
    say(`${NAME}: not available here: valgrind is not installed. On Debian: apt-get install valgrind`);
    return true;
  }
  const progress = new ProgressLine(process.stderr);
  const slices = new Map(ADAPTERS.map((adapter) => [adapter, new Map<string, number[]>()]));
  for (const variant of COUNTED) {
    const tellTime = () => progress.show(`counting the instructions of ${variant.name}, about two minutes`);
    tellTime();
    using timer = setInterval(tellTime, 1_000);
    // No more at once: counts of three on two cores differed by a quarter.
    await Promise.all(
      ADAPTERS.map(async (adapter) =>
        slices.get(adapter)!.set(variant.name, await countInstructions(variant, adapter)),
      ),
    );
    timer.close();
  }
  progress.clear();
  const counts = {} as Record<AdapterName, InstructionCount[]>;
  for (const [adapter, own] of slices) {
    counts[adapter] = instructionCounts(own);
    say(`${instructionsTable(adapter, own)}\n`);
  }
  if (!values['print-only']) {
    writeResults({ instructions: { counts, setting: currentSetting('one thread under valgrind') } });
    await writePages();
  }
  return true;
});
