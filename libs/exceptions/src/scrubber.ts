import { type RedactionOptions, Redactor, Unredacted } from '#redaction';

/** What takes secrets out of an exception before anybody is told of it. */
export type Scrubber = Pick<Redactor, 'redactText' | 'redactValue'>;

export function scrubberOf(redaction: RedactionOptions | false | undefined): Scrubber {
  return redaction === false ? new Unredacted() : new Redactor(redaction);
}
