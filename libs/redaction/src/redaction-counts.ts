const RULES = [
  'key',
  'assignment',
  'query',
  'url_credentials',
  'jwt',
  'pem',
  'bearer',
  'basic',
  'aws_key',
  'card',
  'pattern',
  'unreadable',
  'unscrubable',
] as const;

/** What made something unfit to be written down. */
export type RedactionRule = (typeof RULES)[number];

/** Counts redactions by the rule that asked for them. */
export class RedactionCounts {
  readonly #counts = Object.fromEntries(RULES.map((rule) => [rule, 0])) as Record<RedactionRule, number>;

  add(rule: RedactionRule): void {
    this.#counts[rule] += 1;
  }

  snapshot(): Record<RedactionRule, number> {
    return { ...this.#counts };
  }
}
