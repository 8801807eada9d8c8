const DATE = String.raw`\w{3}, \d\d \w{3} \d{4} [\d:]{8} GMT|\d{4}-\d\d-\d\dT[\d:.]+Z`;
const ID = String.raw`\b(?:[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}|[0-9a-f]{64}|[0-9a-f]{32}|[0-9a-f]{16})\b`;
const MEASURED = String.raw`(?<![\d.])\d+\.\d+(?![\d.])|\b\d{13}\b|(?<="responseTime":)\d+`;
const VARYING = `(?<gap>…)|(?<fold>\\s*\\n\\s*)|(?<date>${DATE})|(?<id>${ID})|(?<measured>${MEASURED})`;

/**
 * Output as a page shows it: folded into lines, shortened with `…`, with the ids, times and durations of another day.
 * An id that the page shows in two places has to be one id in reality, too.
 */
export class ShownText {
  readonly #text: string;

  constructor(text: string) {
    this.#text = text.trim();
  }

  /** Whether real output is like this; `ids` holds what the ids shown up to now really were, and is added to. */
  matches(real: string, ids: Map<string, string>): boolean {
    const added: string[] = [];
    let pattern = '';
    let end = 0;
    for (const { 0: shown, index, groups } of this.#text.matchAll(new RegExp(VARYING, 'g'))) {
      pattern += escaped(this.#text.slice(end, index)) + patternOf(shown, groups!, ids, added);
      end = index + shown.length;
    }
    const match = new RegExp(`^\\s*${pattern}${escaped(this.#text.slice(end))}\\s*$`).exec(real);
    if (match) for (const [index, shown] of added.entries()) ids.set(shown, match[index + 1]!);
    return match !== null;
  }
}

function patternOf(
  shown: string,
  { gap, fold, date, id }: Record<string, string | undefined>,
  ids: ReadonlyMap<string, string>,
  added: string[],
): string {
  if (gap) return '[^]*?';
  if (fold) return '\\s*';
  if (date) return `(?:${DATE})`;
  if (!id) return '[\\d.e+-]+';
  const known = ids.get(shown);
  if (known) return known;
  if (added.includes(shown)) return `\\${added.indexOf(shown) + 1}`;
  added.push(shown);
  return `(${ID})`;
}

function escaped(text: string): string {
  return text.replace(/[\\^$.*+?()[\]{}|/]/g, '\\$&');
}
