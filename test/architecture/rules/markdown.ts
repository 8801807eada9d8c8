import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT } from './source-file.ts';

export interface CodeBlock {
  /** What stands behind the fence, such as `ts` or `ts no-check`. */
  readonly info: string;
  /** The line of the file on which the code begins, from 1. */
  readonly line: number;
  readonly text: string;
}

/** One page of the documentation, taken apart. */
export class MarkdownFile {
  readonly path: string;
  readonly text: string;
  readonly blocks: readonly CodeBlock[];
  /** The lines outside of code blocks. */
  readonly prose: readonly string[];

  constructor(path: string, text: string) {
    this.path = path;
    this.text = text;
    const blocks: CodeBlock[] = [];
    const prose: string[] = [];
    let open: { info: string; line: number; fence: string; lines: string[] } | undefined;
    for (const [index, line] of text.split('\n').entries()) {
      const [, fence, info] = /^\s*(`{3,}|~{3,})\s*(.*)$/.exec(line) ?? [];
      if (open === undefined) {
        if (fence === undefined) prose.push(line);
        else open = { info: info!.trim(), line: index + 2, fence, lines: [] };
      } else if (fence?.startsWith(open.fence) && info === '') {
        blocks.push({ info: open.info, line: open.line, text: open.lines.join('\n') });
        open = undefined;
      } else {
        open.lines.push(line);
      }
    }
    this.blocks = blocks;
    this.prose = prose;
  }

  /** Targets of the links and images. */
  get links(): string[] {
    const text = this.prose.join('\n').replace(/`[^`\n]*`/g, '');
    const inline = text.matchAll(/\]\(([^)\s]+)(?:\s+"[^"]*")?\)/g);
    const references = text.matchAll(/^\[[^\]]+\]:\s*(\S+)/gm);
    return [...inline, ...references].map(([, target]) => target!);
  }

  /** The names by which links reach the headings. */
  get anchors(): string[] {
    return this.prose
      .flatMap((line) => /^#{1,6}\s+(.*)$/.exec(line)?.[1] ?? [])
      .map((heading) =>
        heading
          .toLowerCase()
          .replace(/[^\p{L}\p{N} _-]/gu, '')
          .trim()
          .replaceAll(' ', '-'),
      );
  }

  /** Dotted paths in backticks that are the first cell of a table's row. */
  get rows(): string[] {
    return this.prose.flatMap((line) => /^\|\s*`([a-z][\w.]*)`\s*\|/.exec(line)?.[1] ?? []);
  }
}

export function readMarkdown(path: string): MarkdownFile {
  return new MarkdownFile(path, readFileSync(join(ROOT, path), 'utf8'));
}
