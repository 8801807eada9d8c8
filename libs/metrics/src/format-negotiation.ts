import type { MetricFormat } from './metric-format.js';

interface Wish {
  readonly type: string;
  readonly parameters: ReadonlyMap<string, string>;
  readonly quality: number;
}

/** The format that the `Accept` header likes best; the first one for callers that do not say or know none. */
export function chooseFormat(accept: string | undefined, formats: readonly MetricFormat[]): MetricFormat {
  const wishes = (accept ?? '')
    .split(',')
    .map(readWish)
    .filter(({ quality }) => quality > 0);
  // Sorting is stable: of two equal wishes the one that was said first wins.
  for (const wish of wishes.sort((a, b) => b.quality - a.quality)) {
    const format = formats.find(({ contentType }) => answers(readWish(contentType), wish));
    if (format !== undefined) return format;
  }
  return formats[0]!;
}

function readWish(text: string): Wish {
  const [type = '', ...rest] = text
    .replaceAll('"', '')
    .split(';')
    .map((part) => part.trim().toLowerCase());
  const parameters = new Map(rest.map((part) => part.split('=', 2) as [string, string]));
  const quality = Number(parameters.get('q') ?? 1);
  return { type, parameters, quality: Number.isNaN(quality) ? 0 : quality };
}

function answers(format: Wish, wish: Wish): boolean {
  const [family] = format.type.split('/');
  if (wish.type !== format.type && wish.type !== `${family}/*` && wish.type !== '*/*') return false;
  const version = wish.parameters.get('version');
  return version === undefined || version === format.parameters.get('version');
}
