import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { format, resolveConfig } from 'prettier';
import { readResults, type Results } from '../results-file.ts';
import { costBlocks } from './cost-blocks.ts';
import { costChart } from './cost-chart.ts';
import { withBlocks } from './marked-blocks.ts';

const ROOT = join(import.meta.dirname, '..', '..');
const PAGES = ['docs/cost.md', 'README.md'];
const CHART = 'docs/cost.svg';

/** Answers what the pages that tell of the results must look like, by their path. */
export async function pagesFor(results: Results): Promise<Map<string, string>> {
  const blocks = costBlocks(results);
  const pages = new Map([[CHART, costChart(results)]]);
  for (const name of PAGES) {
    const path = join(ROOT, name);
    const page = withBlocks(readFileSync(path, 'utf8'), blocks);
    pages.set(name, await format(page, { ...(await resolveConfig(path)), parser: 'markdown' }));
  }
  return pages;
}

/** Brings the chart and the tables of the pages up to the results. */
export async function writePages(): Promise<void> {
  for (const [name, text] of await pagesFor(readResults())) writeFileSync(join(ROOT, name), text);
}
