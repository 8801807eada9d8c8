import { BASE_UNITS, type BaseUnit, type MetricKind } from './metric-definition.js';

/** Says what is wrong with a name and the way out, or nothing. */
type NameRule = (name: string, kind: MetricKind) => string | undefined;

const lowerCaseWords: NameRule = (name) =>
  /^[a-z][a-z0-9_]*$/.test(name)
    ? undefined
    : 'has other characters than lower-case letters, digits, dots and underscores. Use a name like order.place';

const totalMeansCounter: NameRule = (name, kind) =>
  kind !== 'counter' && name.endsWith('_total')
    ? `ends in _total, which says of a ${kind} that it were a counter. Leave the suffix out`
    : undefined;

const WORDS_OF_BASE_UNITS: Record<string, BaseUnit> = {
  ...byBaseUnit('seconds', 'ms', 'millis', 'milliseconds', 'microseconds', 'nanoseconds', 'minutes', 'hours', 'days'),
  ...byBaseUnit('bytes', 'kb', 'mb', 'gb', 'kilobytes', 'megabytes', 'gigabytes', 'bits'),
  ...byBaseUnit('ratio', 'percent', 'percentage'),
};

const baseUnits: NameRule = (name, kind) => {
  const word = bareName(name, kind).split('_').at(-1)!;
  const base = Object.hasOwn(WORDS_OF_BASE_UNITS, word) ? WORDS_OF_BASE_UNITS[word] : undefined;
  return base && `is kept in ${word}, and metrics are kept in base units. Use ${base}`;
};

const noSuffixOfParts: NameRule = (name) => {
  const suffix = ['_bucket', '_count', '_sum', '_created'].find((part) => name.endsWith(part));
  return suffix && `ends in ${suffix}, which is the name of a part of a histogram. Use another word`;
};

const RULES: readonly NameRule[] = [lowerCaseWords, totalMeansCounter, baseUnits, noSuffixOfParts];

/** The name under which a metric is exposed: `order.place` as a timer is `order_place_seconds`. */
export function metricName(kind: MetricKind, name: string, unit?: BaseUnit, declaredBy = 'the code'): string {
  let exposed = name.replaceAll('.', '_');
  if (kind === 'counter') exposed = exposed.replace(/_total$/, '');
  if (unit !== undefined && !exposed.endsWith(`_${unit}`)) exposed += `_${unit}`;
  if (kind === 'counter') exposed += '_total';
  for (const rule of RULES) {
    const complaint = rule(exposed, kind);
    if (complaint !== undefined)
      throw new Error(`MetricRegistry: the name "${name}" that ${declaredBy} gives ${complaint}.`);
  }
  return exposed;
}

/** The name of the whole: counters have it without the `_total` of their samples. */
export function bareName(name: string, kind: string): string {
  return kind === 'counter' ? name.replace(/_total$/, '') : name;
}

/** The unit that a name says, if it says one. */
export function unitOf(bare: string): BaseUnit | undefined {
  return BASE_UNITS.find((unit) => bare.endsWith(`_${unit}`));
}

function byBaseUnit(base: BaseUnit, ...words: string[]): Record<string, BaseUnit> {
  return Object.fromEntries(words.map((word) => [word, base]));
}
