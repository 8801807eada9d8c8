import { replaceAssignments } from './assignments.js';
import { replaceCardNumbers } from './card-number.js';
import type { RedactionCounts, RedactionRule } from './redaction-counts.js';
import { SecretKeys } from './secret-keys.js';
import { HAS_ASSIGNMENT, HAS_MANY_DIGITS, HAS_UNUSUAL, SHAPE_COUNT, shapeOf } from './text-shape.js';
import { VALUE_PATTERNS } from './value-patterns.js';

export interface TextRedactionOptions {
  patterns: readonly RegExp[];
  maxStringLength: number;
  replacement: string;
}

/** Ids of traces and UUIDs are named first, so that the digits in them are not taken for a card. */
const ID_OR_DIGITS =
  /((?<![\da-z])(?:[\da-f]{32}|[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12})(?![\da-z]))|(?<!\d)\d{3,}(?:[ -]\d{3,})*/gi;

/** The patterns that can match a text, by its shape; most texts are of a shape that none can match. */
const PATTERNS_OF_SHAPE = Array.from({ length: SHAPE_COUNT }, (_, shape) =>
  VALUE_PATTERNS.filter(({ needs }) => (shape & needs) === needs),
);

/** Characters that move the cursor, turn the direction of writing or end a line where a reader of logs sees none. */
const INVISIBLE = /(?![\t\n\r])[\p{Cc}\p{Bidi_Control}\p{Zl}\p{Zp}]/gu;

/** Read beyond the cut, so that a secret that lies across it is still recognized as one. */
const CUT_MARGIN = 256;

/** The first half of a character that takes two places, without the other one. */
const SPLIT_CHARACTER = /[\ud800-\udbff]$/;

/** Takes the secrets out of one text. */
export class TextRedaction {
  readonly #options: TextRedactionOptions;
  readonly #patterns: readonly RegExp[];
  readonly #counts: RedactionCounts;

  constructor(options: TextRedactionOptions, counts: RedactionCounts) {
    this.#options = options;
    this.#patterns = options.patterns.map(
      (pattern) => new RegExp(pattern.source, `${pattern.flags.replace(/[gy]/g, '')}g`),
    );
    this.#counts = counts;
  }

  /** Returns the text without its secrets; `keys` say which assignments in it are secret. */
  redact(text: string, keys: SecretKeys): string {
    const { maxStringLength } = this.#options;
    if (text.length <= maxStringLength) return this.#redact(text, keys);
    const redacted = this.#redact(text.slice(0, maxStringLength + CUT_MARGIN), keys);
    const kept = redacted.slice(0, -CUT_MARGIN).replace(SPLIT_CHARACTER, '');
    return `${kept}[${text.length - maxStringLength} more characters]`;
  }

  #redact(text: string, keys: SecretKeys): string {
    const shape = shapeOf(text);
    let result = text;
    if (shape & HAS_ASSIGNMENT) result = replaceAssignments(result, keys, () => this.#replacement('assignment'));
    for (const { rule, hint, pattern, isSecret } of PATTERNS_OF_SHAPE[shape]!) {
      if (!hint.test(result)) continue;
      result = result.replace(pattern, (match) => (isSecret?.(match) === false ? match : this.#replacement(rule)));
    }
    if (shape & HAS_MANY_DIGITS) result = this.#replaceCards(result);
    for (const pattern of this.#patterns) result = result.replace(pattern, () => this.#replacement('pattern'));
    return shape & HAS_UNUSUAL ? result.replace(INVISIBLE, escaped) : result;
  }

  #replaceCards(text: string): string {
    return text.replace(ID_OR_DIGITS, (match, id: string | undefined) =>
      id === undefined ? replaceCardNumbers(match, () => this.#replacement('card')) : match,
    );
  }

  #replacement(rule: RedactionRule): string {
    this.#counts.add(rule);
    return this.#options.replacement;
  }
}

function escaped(character: string): string {
  return `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`;
}
