const LONE_SURROGATE = /\p{Surrogate}/gu;
const UNPRINTABLE = /\p{Cc}/gu;

/** A text that every store and every reader takes as it is: well-formed, without control characters, bounded. */
export function plainText(value: unknown, maxLength: number): string {
  return String(value).slice(0, maxLength).replace(LONE_SURROGATE, '\ufffd').replace(UNPRINTABLE, ' ');
}
