import { type RedactionOptions, Redactor } from '#redaction';

/** What takes secrets out of an exception before anybody is told of it. */
export type Scrubber = Pick<Redactor, 'redactText' | 'redactValue'>;

const UNREDACTED: Scrubber = {
  redactText: (text) => text,
  redactValue(value) {
    try {
      return JSON.parse(JSON.stringify(value)) as unknown;
    } catch {
      return '[unreadable]';
    }
  },
};

export function scrubberOf(redaction: RedactionOptions | false | undefined): Scrubber {
  return redaction === false ? UNREDACTED : new Redactor(redaction);
}
