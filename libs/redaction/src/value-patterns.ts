import type { RedactionRule } from './redaction-counts.js';
import { HAS_ASSIGNMENT, HAS_AT, HAS_DASH, HAS_SPACE, HAS_UPPER_CASE } from './text-shape.js';

/** A kind of secret that is known by its looks, wherever it stands. */
export interface ValuePattern {
  rule: RedactionRule;
  /** All of what a text must have for the pattern to match. */
  needs: number;
  /** A part of every match that is quickly found, or not. */
  hint: RegExp;
  pattern: RegExp;
  /** Has the last word on a match. */
  isSecret?: (match: string) => boolean;
}

/**
 * Every pattern takes time in proportion to the text: it starts at a literal or at a border, and what follows either cannot
 * fail or cannot overlap with what the next start would read.
 */
export const VALUE_PATTERNS: readonly ValuePattern[] = [
  {
    rule: 'pem',
    needs: HAS_DASH,
    hint: /-----BEGIN/,
    // A key that was cut off has no end, so it reaches to the end of the text.
    pattern: /-----BEGIN [\s\S]*?(?:-----END [A-Z\d ]*-----|$)/g,
  },
  {
    rule: 'url_credentials',
    needs: HAS_AT | HAS_ASSIGNMENT,
    hint: /:\/\//,
    // The second half finds passwords with a slash in them, which people do write, and leaves ports alone.
    pattern: /(?<=:\/\/)(?:[^\s"'<>/?#]+|[^\s"'<>/?#:@[]*:(?!\d{1,5}[/?#])(?:(?!:\/\/)[^\s"'<>])*)(?=@)/g,
  },
  {
    rule: 'jwt',
    needs: HAS_UPPER_CASE,
    hint: /eyJ/,
    // Base64 of `{"`: with or without the further parts of a token, it is encoded on the way to somebody else.
    pattern: /eyJ[\w+/=-]{10,}(?:\.[\w-]*)*/g,
  },
  {
    rule: 'bearer',
    needs: HAS_SPACE,
    hint: /bearer[ \t]/i,
    pattern:
      /(?<=\bbearer[ \t]{1,8})(?!(?:tokens?|auth|authentication|authorization|scheme|realm|header|of|in|is|was|and|or|not|missing|required|expired|invalid)(?![\w.~+/-]))[\w.~+/=-]+/gi,
  },
  {
    rule: 'basic',
    needs: HAS_SPACE,
    hint: /basic[ \t]/i,
    pattern: /(?<=\bbasic[ \t]{1,8})[a-z\d+/_-]{4,}={0,2}/gi,
    isSecret: (encoded) => Buffer.from(encoded, 'base64').includes(':'),
  },
  {
    rule: 'aws_key',
    needs: HAS_UPPER_CASE,
    hint: /A[A-Z]{3}[A-Z\d]/,
    pattern: /(?<![A-Za-z\d])A(?:KIA|SIA|BIA|CCA|GPA|IDA|NPA|NVA|ROA)[A-Z\d]{16}(?![A-Z\d])/g,
  },
];
