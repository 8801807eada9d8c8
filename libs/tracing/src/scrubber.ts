import { type RedactionOptions, Redactor } from '#redaction';

/** What takes secrets out of texts before they stand on a span. */
export type Scrubber = Pick<Redactor, 'redactText'>;

const UNREDACTED: Scrubber = { redactText: (text) => text };

export function scrubberOf(redaction: RedactionOptions | false | undefined): Scrubber {
  return redaction === false ? UNREDACTED : new Redactor(redaction);
}
