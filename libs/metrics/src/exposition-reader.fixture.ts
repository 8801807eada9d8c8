/** One line of an exposition, taken apart. */
export interface ReadSample {
  readonly name: string;
  readonly labels: Record<string, string>;
  readonly value: number;
  readonly exemplar?: { labels: Record<string, string>; value: number; timestampSeconds: number };
}

/** A metric as a scraper sees it. */
export interface ReadFamily {
  readonly name: string;
  type?: string;
  help?: string;
  unit?: string;
  readonly samples: ReadSample[];
}

/**
 * Reads an exposition as a scraper would, written from the formats' descriptions and not from the printers. It refuses
 * what they forbid: unknown lines, families that come twice, samples of another family.
 */
export function readExposition(text: string): ReadFamily[] {
  if (!text.endsWith('\n')) throw new Error('the last line has no end');
  const families: ReadFamily[] = [];
  for (const line of text.slice(0, -1).split('\n')) {
    if (line === '# EOF') continue;
    const [, keyword, name, rest = ''] = /^# (HELP|TYPE|UNIT) (\S+)(?: (.*))?$/s.exec(line) ?? [];
    const sample = keyword === undefined ? readSample(line) : undefined;
    let family = families.at(-1);
    if (name !== undefined && name !== family?.name) {
      if (families.some((other) => other.name === name)) throw new Error(`the family ${name} comes twice`);
      families.push((family = { name, samples: [] }));
    }
    if (family === undefined) throw new Error(`a sample without a family: ${line}`);
    if (keyword === 'TYPE') family.type = rest;
    else if (keyword === 'UNIT') family.unit = rest;
    else if (keyword === 'HELP') family.help = unescape(rest);
    else if (/^(_total|_bucket|_sum|_count)?$/.test(sample!.name.replace(family.name, '')))
      family.samples.push(sample!);
    else throw new Error(`a sample of another family than ${family.name}: ${line}`);
  }
  return families;
}

function readSample(line: string): ReadSample {
  const reader = new LineReader(line);
  const name = reader.take(/[a-zA-Z_:][a-zA-Z0-9_:]*/y);
  const labels = reader.takeLabels();
  const value = readNumber(reader.take(/ (\S+)/y));
  if (reader.atEnd) return { name, labels, value };
  reader.take(/ # /y);
  const exemplarLabels = reader.takeLabels();
  const [exemplarValue, timestampSeconds] = [readNumber(reader.take(/ (\S+)/y)), readNumber(reader.take(/ (\S+)/y))];
  if (!reader.atEnd) throw new Error(`more than a sample: ${line}`);
  return { name, labels, value, exemplar: { labels: exemplarLabels, value: exemplarValue, timestampSeconds } };
}

class LineReader {
  #at = 0;

  constructor(private readonly line: string) {}

  get atEnd(): boolean {
    return this.#at === this.line.length;
  }

  take(pattern: RegExp): string {
    pattern.lastIndex = this.#at;
    const match = pattern.exec(this.line);
    if (match === null) throw new Error(`not ${pattern} at ${this.#at} of ${JSON.stringify(this.line)}`);
    this.#at = pattern.lastIndex;
    return match[1] ?? match[0];
  }

  takeLabels(): Record<string, string> {
    const labels: Record<string, string> = {};
    if (this.line[this.#at] !== '{') return labels;
    for (let separator = this.take(/\{/y); separator !== '}'; separator = this.take(/[,}]/y)) {
      if (this.line[this.#at] === '}') continue;
      const name = this.take(/[a-zA-Z_][a-zA-Z0-9_]*/y);
      if (name in labels) throw new Error(`the label ${name} comes twice: ${this.line}`);
      labels[name] = unescape(this.take(/="((?:[^"\\\n]|\\["\\n])*)"/y));
    }
    return labels;
  }
}

function readNumber(text: string): number {
  const named: Record<string, number> = { NaN, '+Inf': Infinity, '-Inf': -Infinity };
  const number = named[text] ?? Number(text);
  if (Number.isNaN(number) && text !== 'NaN') throw new Error(`not a number: ${text}`);
  return number;
}

function unescape(text: string): string {
  return text.replace(/\\(.)/g, (_, character: string) => (character === 'n' ? '\n' : character));
}
