import type { RedactionOptions } from './redaction.options.js';
import { Redactor } from './redactor.js';
import { Unredacted } from './unredacted-copy.js';

/** What takes secrets out of everything before it is written down or sent. */
export type Scrubber = Pick<Redactor, 'redactText' | 'redactValue'>;

/** The scrubber that an app's options ask for; `false` hides nothing, and copies within the same limits. */
export function scrubberOf(redaction: RedactionOptions | false | undefined): Scrubber {
  return redaction === false ? new Unredacted() : new Redactor(redaction);
}
