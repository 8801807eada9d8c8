import type { MarkdownFile } from './markdown.ts';

/** Commands that a page tells the reader to type and that npm does not know. */
export function unknownScripts(pages: readonly MarkdownFile[], scripts: Readonly<Record<string, string>>): string[] {
  return pages.flatMap(({ path, text }) =>
    [...text.matchAll(/\bnpm (?:run(?: -s| --silent)? ([\w:-]+)|(start|test)\b)/g)]
      .map(([, run, short]) => (run ?? short)!)
      .filter((script) => !(script in scripts))
      .map((script) => `${path} names the script ${script}`),
  );
}
