import type { SourceFile } from './source-file.ts';

/** The first line that fits says how many lines a file may have. */
const LIMITS: readonly (readonly [RegExp, number])[] = [
  [/\/index\.ts$/, 60],
  [/\.module\.ts$/, 80],
  [/\.(spec|e2e-spec|contract|fixture)\.ts$/, 300],
  [/\.ts$/, 200],
];

/** Files that have become too long for one concept. */
export function longFiles(files: readonly SourceFile[]): string[] {
  return files.flatMap(({ path, text }) => {
    const lines = text.replace(/\n$/, '').split('\n').length;
    const limit = LIMITS.find(([pattern]) => pattern.test(path))?.[1] ?? Infinity;
    return lines > limit ? [`${path} has ${lines} lines, more than ${limit}`] : [];
  });
}
