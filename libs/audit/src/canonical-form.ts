import { createHash } from 'node:crypto';
import canonicalize from 'canonicalize';

/** The one text that stands for a value, by RFC 8785; refuses what JSON cannot say the same way everywhere. */
export function canonicalForm(value: object): string {
  const text = canonicalize(value);
  if (text === undefined) throw new TypeError('Audit: a record is no JSON object, so it has no canonical form.');
  return text;
}

/** The SHA-256 of a record in hex, over its canonical form. */
export function hashOf(canonical: string): string {
  return createHash('sha256').update(canonical, 'utf8').digest('hex');
}
