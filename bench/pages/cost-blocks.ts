import { costOf, shownHalfWidth } from '../costs.ts';
import type { GrowthResult } from '../growth/growth-result.ts';
import type { InstructionsResult } from '../instructions/instructions-result.ts';
import type { Results } from '../results-file.ts';
import { ADAPTERS, placeName, RUNTIMES } from '../scenarios.ts';
import { startUpRow } from '../start-up-table.ts';
import { BASELINE, CONTROL } from '../variants.ts';
import { verdictRow } from '../verdict.ts';
import { markdownTable } from './markdown-table.ts';
import type { Blocks } from './marked-blocks.ts';

/** What the pages tell of the results, by the name of the block. */
export function costBlocks(results: Results): Blocks {
  return new Map([
    ['setting', settingSentence(results)],
    ['cost', costTable(results)],
    [
      'asked',
      markdownTable(['what is asked', 'asked', 'at most', 'measured', 'verdict'], results.verdicts.map(verdictRow)),
    ],
    ['starts', startsTable(results)],
    ['growth', growthSentence(results.growth)],
    ['instructions', instructionsSentence(results.instructions)],
  ]);
}

function settingSentence({ setting, heats, scenarios }: Results): string {
  const { measuredAt, node, nest, cpu } = setting;
  return (
    `Measured on ${measuredAt.slice(0, 10)} with Node ${node.slice(1)} and Nest ${nest} on one core of ${cpu}. ` +
    startsSentence(Object.values(heats ?? {})) +
    `Bare Nest against itself was known to ${shownHalfWidth(scenarios)}.`
  );
}

function startsSentence(heats: readonly number[]): string {
  if (heats.length === 0) return '';
  const [fewest, most] = [Math.min(...heats), Math.max(...heats)];
  return `All servers were started ${fewest === most ? fewest : `${fewest} to ${most}`} times. `;
}

function costTable({ scenarios }: Results): string {
  const names = new Set(scenarios.flatMap(({ variants }) => variants.map(({ name }) => name)));
  names.delete(BASELINE);
  names.delete(CONTROL);
  const cells = (name: string) =>
    scenarios.map((scenario) => {
      const cost = costOf(scenario, name);
      return cost ? `×${cost.median.toFixed(2)}` : '–';
    });
  const bare = scenarios.map((scenario) => {
    const cost = costOf(scenario, BASELINE);
    return cost ? `${cost.microseconds.toFixed(0)} µs` : '–';
  });
  const head = ['', ...scenarios.map(({ name }) => name)];
  return markdownTable(head, [[BASELINE, ...bare], ...[...names].map((name) => [name, ...cells(name)])]);
}

function startsTable({ starts }: Results): string {
  const head = ['', 'CPU, ms', '×', 'memory, MB', 'more', 'after load, MB', 'more'];
  return markdownTable(head, starts.map(startUpRow));
}

function growthSentence(growth: GrowthResult | undefined): string {
  if (!growth) return 'Not measured.';
  const { requests, window, series, records, cpuGrowth, meanRatio, heapGrowthMb } = growth;
  const count = (value: number) => value.toLocaleString('en-US');
  return (
    `Over ${count(requests)} requests with ${count(series)} series and ${count(records)} audit records, the last ` +
    `${count(window)} cost ${cpuGrowth.toFixed(2)} times what the first ${count(window)} cost, and the heap after two ` +
    `collections differed by ${heapGrowthMb.toFixed(1)} MB. The mean of all, with every collection of the heap and with ` +
    `the records and series, was ×${meanRatio.toFixed(2)} of bare Nest.`
  );
}

function instructionsSentence(instructions: InstructionsResult | undefined): string {
  if (!instructions) return 'Not measured.';
  const places = ADAPTERS.map((adapter) => {
    const [bare, ...others] = instructions.counts[adapter];
    const multiples = others.map(({ name, ratio }) => `×${ratio.toFixed(2)} for ${name}`);
    const place = placeName({ runtime: RUNTIMES[0], adapter });
    return `${place} ${(bare!.instructions / 1_000).toFixed(0)} thousand instructions a request for bare Nest, ${multiples.join(' and ')}`;
  });
  return `Counted by valgrind, in user space alone: on ${places.join('; on ')}.`;
}
