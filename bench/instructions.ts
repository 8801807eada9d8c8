import { parseArgs } from 'node:util';
import { runBenchCommand, say } from './bench-command.ts';
import { countInstructions, hasValgrind } from './instructions/counted-run.ts';
import { type InstructionCounts, instructionCounts, instructionsTable } from './instructions/instructions-result.ts';
import { writePages } from './pages/written-pages.ts';
import { ProgressLine } from './progress-line.ts';
import { writeResults } from './results-file.ts';
import { ADAPTERS, type AdapterName } from './scenarios.ts';
import { currentSetting } from './setting.ts';
import { CONTROL, SUMMARY } from './variants.ts';

const NAME = 'bench:instructions';
/** There is no chance in what is counted, so bare Nest is its own control. */
const COUNTED = SUMMARY.filter(({ name }) => name !== CONTROL);

await runBenchCommand(NAME, async () => {
  const { values } = parseArgs({ options: { 'print-only': { type: 'boolean', default: false } } });
  if (!hasValgrind()) {
    say(`${NAME}: not available here: valgrind is not installed. On Debian: apt-get install valgrind`);
    return true;
  }
  const progress = new ProgressLine(process.stderr);
  const counted = new Map<AdapterName, ReadonlyMap<string, readonly number[]>>();
  for (const adapter of ADAPTERS) {
    const tellTime = () => progress.show(`counting the instructions on ${adapter}, about three minutes`);
    tellTime();
    using timer = setInterval(tellTime, 1_000);
    const slices = await Promise.all(
      COUNTED.map(async (variant) => [variant.name, await countInstructions(variant, adapter)] as const),
    );
    timer.close();
    progress.clear();
    counted.set(adapter, new Map(slices));
    say(`${instructionsTable(adapter, counted.get(adapter)!)}\n`);
  }
  if (!values['print-only']) {
    const counts = Object.fromEntries([...counted].map(([adapter, slices]) => [adapter, instructionCounts(slices)]));
    const setting = currentSetting('one thread under valgrind');
    writeResults({ instructions: { counts: counts as unknown as InstructionCounts, setting } });
    await writePages();
  }
  return true;
});
