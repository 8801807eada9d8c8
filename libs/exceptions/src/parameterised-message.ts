const MAX_CHARACTERS = 1_000;

/** What differs from one occurrence of the same fault to the next; the first that matches wins. */
const PARAMETERS: readonly (readonly [string, RegExp])[] = [
  ['email', /[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63})+/],
  ['url', /\b[a-z][a-z\d+.-]{1,20}:\/\/[^\s"'<>()]+/],
  ['traceparent', /\b[\da-f]{2}-[\da-f]{32}-[\da-f]{16}-[\da-f]{2}\b/],
  ['uuid', /\b[\da-f]{8}-[\da-f]{4}-[\da-f]{4}-[\da-f]{4}-[\da-f]{12}\b/],
  ['date', /\b\d{4}-\d\d-\d\d(?:[T ]\d\d:\d\d(?::\d\d(?:\.\d+)?)?(?:Z|[+-]\d\d:?\d\d)?)?/],
  ['ip', /\b\d{1,3}(?:\.\d{1,3}){3}(?::\d{1,5})?\b/],
  ['hex', /\b(?:0x[\da-f]+|(?=[a-f]*\d)[\da-f]{8,128})\b/],
  ['duration', /\b\d+(?:\.\d+)?(?:ms|s|m|h|d)\b/],
  ['float', /\b\d+\.\d+\b/],
  ['int', /\b\d+\b/],
  ['quoted', /(?<==\s?)(?:"[^"]*"|'[^']*')/],
];

const ANY = new RegExp(PARAMETERS.map(([name, { source }]) => `(?<${name}>${source})`).join('|'), 'gi');

/** A message as it was written before values were put into it: `order 42 is gone` is `order <int> is gone`. */
export function parameterised(message: string): string {
  return message.slice(0, MAX_CHARACTERS).replace(ANY, (...match) => {
    const groups = match.at(-1) as Record<string, string | undefined>;
    const [name] = Object.entries(groups).find(([, value]) => value !== undefined)!;
    return `<${name}>`;
  });
}
