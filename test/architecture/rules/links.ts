import { posix } from 'node:path';
import type { MarkdownFile } from './markdown.ts';

/** Links to files and headings of the repository that are not there. */
export function brokenLinks(pages: readonly MarkdownFile[], exists: (path: string) => boolean): string[] {
  return pages.flatMap((page) =>
    page.links
      .filter((link) => !/^([a-z][a-z0-9+.-]*:|\/\/)/i.test(link))
      .filter((link) => !resolves(page, link, pages, exists))
      .map((link) => `${page.path} links to ${link}`),
  );
}

function resolves(
  page: MarkdownFile,
  link: string,
  pages: readonly MarkdownFile[],
  exists: (path: string) => boolean,
): boolean {
  const [path = '', anchor] = link.split('#');
  const target = path === '' ? page.path : posix.join(posix.dirname(page.path), decodeURIComponent(path));
  if (!exists(target)) return false;
  const known = pages.find((one) => one.path === target);
  return anchor === undefined || known === undefined || known.anchors.includes(anchor);
}
