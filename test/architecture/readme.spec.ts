import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { brokenLinks } from './rules/links.ts';
import { MarkdownFile, readMarkdown } from './rules/markdown.ts';
import { unknownScripts } from './rules/npm-scripts.ts';
import { optionsIn, unevenRows, unexplainedOptions } from './rules/options.ts';
import { filesBelow, ROOT, SourceFile, sourceFiles } from './rules/source-file.ts';
import { blocksThatDoNotCompile } from './rules/typescript-blocks.ts';

const exists = (path: string): boolean => existsSync(join(ROOT, path));
const PAGES = ['README.md', 'CONTRIBUTING.md', ...filesBelow(['docs'], '.md')].filter(exists).map(readMarkdown);
const LIBRARIES = sourceFiles('libs');
const { scripts } = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8')) as { scripts: Record<string, string> };

const page = (...lines: string[]): MarkdownFile => new MarkdownFile('docs/page.md', lines.join('\n'));
const fenced = (info: string, ...lines: string[]): string[] => ['Text.', '```' + info, ...lines, '```', 'More.'];

describe('the documentation', () => {
  it('has TypeScript that compiles against the built package', { timeout: 120_000 }, () => {
    expect(blocksThatDoNotCompile(PAGES)).toEqual([]);
  });

  it('would show TypeScript that does not compile, where it stands', { timeout: 120_000 }, () => {
    const blocks = page(
      ...fenced('ts', `import { Module } from '@nestjs/common';`, '@Module({})', 'export class AppModule {}'),
      ...fenced('ts', 'const port = 3000;', 'const name: string = port;'),
      ...fenced('ts', `import { nothing } from '@nestjs/common';`),
      ...fenced('ts', `import { AppModule } from './app.module.js';`, 'new AppModule();'),
      ...fenced('ts', `import { OtherModule } from './other.module.js';`),
      ...fenced('ts no-check', 'const name: string = 1;'),
    );
    expect(blocksThatDoNotCompile([blocks])).toEqual([
      `docs/page.md:11: Type 'number' is not assignable to type 'string'.`,
      expect.stringContaining(`docs/page.md:16: Module '"@nestjs/common"' has no exported member 'nothing'.`),
      expect.stringContaining(`docs/page.md:27: Module '"./other.module.js"' has no exported member 'OtherModule'.`),
    ]);
  });

  it('names npm scripts that there are', () => {
    expect(unknownScripts(PAGES, scripts)).toEqual([]);
  });

  it('would miss an npm script', () => {
    const typed = page('`npm start`, then `npm run -s nothing` or', ...fenced('sh', 'npm ci && npm run token -- ada'));
    expect(unknownScripts([typed], { start: '', token: '' })).toEqual(['docs/page.md names the script nothing']);
  });

  it('links to files and headings that there are', () => {
    expect(brokenLinks(PAGES, exists)).toEqual([]);
  });

  it('would miss the target of a link', () => {
    const links = page(
      '# The first heading: `code`',
      '[a](../README.md) [b](nothing.md "Title") [c](https://example.com/x) ![d](picture.svg)',
      '[e](#the-first-heading-code) [f](#another) `[g](in-code.md)`',
      '[h]: elsewhere.md',
      ...fenced('md', '[i](in-a-block.md)'),
    );
    expect(brokenLinks([links], (path) => ['README.md', 'docs/page.md'].includes(path))).toEqual(
      ['nothing.md', 'picture.svg', '#another', 'elsewhere.md'].map((link) => `docs/page.md links to ${link}`),
    );
  });
});

describe('the options', () => {
  const sources = [
    new SourceFile(
      'libs/observability/src/observability.options.ts',
      `import type { MetricsOptions } from '#metrics';
       import type { ObservationOptions } from '#observation';
       export interface ObservabilityModuleOptions extends ObservationOptions { metrics?: MetricsOptions | false }`,
    ),
    new SourceFile(
      'libs/observation/src/observation.options.ts',
      `export interface ObservationOptions {
         trust?: {
           /**
            * Whom to believe.
            * @default 'private'
            */
           peers?: string;
         };
       }`,
    ),
    new SourceFile(
      'libs/metrics/src/metrics.options.ts',
      `import type { PushOptions } from './push.options.js';
       export interface MetricsOptions {
         /** Says how many. */
         maxSeries?: number;
         name: string;
         /**
          * Where to send them.
          * @default nowhere
          */
         push?: PushOptions | false;
       }`,
    ),
    new SourceFile(
      'libs/metrics/src/push.options.ts',
      `export interface PushOptions {
         /**
          * no sentence
          * @default 5000
          */
         timeoutMs?: number;
       }`,
    ),
  ];

  it('say in a sentence what they are for, and what happens without them', () => {
    expect(unexplainedOptions(LIBRARIES)).toEqual([]);
  });

  it('are found through groups and libraries', () => {
    expect(optionsIn(sources).map(({ path }) => path)).toEqual([
      'trust',
      'trust.peers',
      'metrics',
      'metrics.maxSeries',
      'metrics.name',
      'metrics.push',
      'metrics.push.timeoutMs',
    ]);
    expect(optionsIn(LIBRARIES).map(({ path }) => path)).toContain('management.port');
  });

  it('would be missed without a sentence or a default', () => {
    expect(unexplainedOptions(sources)).toEqual(
      ['metrics.maxSeries', 'metrics.push.timeoutMs'].map((path) => `${path} lacks a sentence or its @default`),
    );
  });

  it('each have a row in the README', () => {
    expect(PAGES[0]?.path).toBe('README.md');
    expect(unevenRows(LIBRARIES, PAGES[0]!)).toEqual([]);
  });

  it('would be missed without a row, as would rows without an option', () => {
    const table = page(
      '| option | default | |',
      '| --- | --- | --- |',
      '| `trust.peers` | `private` | Whom to believe. |',
      '| `metrics.pull` | none | Gone. |',
      '| `http.route` | | No option at all. |',
    );
    expect(unevenRows(sources, table)).toEqual([
      'docs/page.md has no row for metrics.push',
      'docs/page.md has no row for metrics.push.timeoutMs',
      'docs/page.md has a row for metrics.pull, which is no option',
    ]);
  });
});
