import { readMarkdown } from '../architecture/rules/markdown.ts';

/** What a reader is told to type, and what is said to come of it. */
export interface WalkStep {
  command: string;
  /** What the command prints. */
  output: string;
  /** The lines that the samples write meanwhile, where they are shown. */
  log: string | undefined;
}

/** The steps of the section of the README that has this heading: each `sh` block with the blocks that follow it. */
export function walkIn(heading: string): WalkStep[] {
  const { prose, blocks, text } = readMarkdown('README.md');
  const lines = text.split('\n');
  const begin = lines.indexOf(heading);
  if (begin === -1 || !prose.includes(heading)) throw new Error(`README.md has no heading "${heading}".`);
  const end = lines.findIndex((line, index) => index > begin && line.startsWith('## '));
  const steps: WalkStep[] = [];
  for (const { info, line, text: block } of blocks) {
    if (line < begin || line > end) continue;
    if (info === 'sh') steps.push({ command: block, output: '', log: undefined });
    else if (info === 'text') steps.at(-1)!.output = block;
    else if (info === 'log') steps.at(-1)!.log = block;
    else throw new Error(`README.md:${line}: a block of the walk is sh, text or log, not "${info}".`);
  }
  return steps;
}
