export type { RedactionRule } from './redaction-counts.js';
export { DEFAULT_REDACTION_OPTIONS, REDACTION_OPTIONS, type RedactionOptions } from './redaction.options.js';
export { Redactor, type HeadersLike } from './redactor.js';
export { Unredacted } from './unredacted-copy.js';
export { type Scrubber, scrubberOf } from './scrubber.js';
