import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';

const ROOT = join(import.meta.dirname, '..', '..');
const DIST = join(ROOT, 'libs', 'dist');
const PATTERNS = ['audit', 'exceptions', 'health', 'logging', 'metrics', 'tracing'];

const built = readdirSync(DIST, { recursive: true, encoding: 'utf8' }).filter((file) => file.endsWith('.js'));

/** Loads a sub-path in a process of its own, and answers which files of the package that took. */
function filesLoadedBy(subPath: string): string[] {
  const script = `
    import { registerHooks } from 'node:module';
    const loaded = [];
    registerHooks({ load: (url, context, next) => (loaded.push(url), next(url, context)) });
    await import('@crowsnest/observability${subPath}');
    console.log(JSON.stringify(loaded.filter((url) => url.includes('/libs/dist/'))));`;
  const out = execFileSync(process.execPath, ['--input-type=module', '--eval', script], {
    cwd: ROOT,
    encoding: 'utf8',
  });
  return (JSON.parse(out) as string[])
    .map((url) => url.slice(url.indexOf('/libs/dist/') + '/libs/dist/'.length))
    .sort();
}

const patternsIn = (files: string[]): string[] =>
  PATTERNS.filter((pattern) => files.includes(`${pattern}/src/index.js`));

describe('the built package', () => {
  it('has a file for what this spec takes to be loaded on demand', () => {
    expect(built.filter((file) => /postgres|otlp/.test(file))).not.toEqual([]);
  });

  it('has one file of each library, its command, and the parts that are loaded on demand or shared', () => {
    const libraries = readdirSync(join(ROOT, 'libs')).filter((name) => built.includes(`${name}/src/index.js`));
    expect(libraries).toEqual(expect.arrayContaining(PATTERNS));
    const others = built.filter((file) => !/^(?:\w+\/src\/index|parts\/src\/[\w.-]+)\.js$/.test(file));
    expect(others).toEqual([join('audit', 'src', 'cli', 'crowsnest-audit.js')]);
  });

  it('loads no other pattern with one of them, and no store or exporter that nobody configured', () => {
    for (const pattern of PATTERNS) {
      const files = filesLoadedBy(`/${pattern}`);
      expect(patternsIn(files)).toEqual([pattern]);
      expect(files.filter((file) => /postgres|otlp/.test(file))).toEqual([]);
    }
    expect(patternsIn(filesLoadedBy(''))).toEqual(PATTERNS);
  });

  it('keeps the names of classes, by which errors and spans are told', () => {
    const classes = built.flatMap((file) => readFileSync(join(DIST, file), 'utf8').match(/\bclass [\w$]+/g) ?? []);
    expect(classes).toContain('class ObservabilityModule');
    expect(classes.filter((name) => name.includes('$'))).toEqual([]);
  });
});
