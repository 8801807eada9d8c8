import { roundedMs } from './rounded-ms.js';

/** The numbers below 1,000 in three digits each. */
const DIGITS: readonly string[] = Array.from({ length: 1_000 }, (_, value) => String(value).padStart(3, '0'));

/** The same as fractions, without zeros at the end. */
const FRACTIONS = DIGITS.map((digits) => `.${digits}`.replace(/\.?0*$/, ''));

/** Below it the whole milliseconds are a small integer, which is quickly made a text. */
const MAX_THOUSANDTHS = 2 ** 31 * 1_000;

/** The text of `roundedMs`; to find the shortest decimals of any other number takes many times as long. */
export function roundedMsText(durationMs = 0): string {
  const thousandths = Math.round(durationMs * 1_000);
  if (!(thousandths >= 0 && thousandths < MAX_THOUSANDTHS)) return String(roundedMs(durationMs));
  const whole = (thousandths / 1_000) | 0;
  return `${whole}${FRACTIONS[thousandths - whole * 1_000]!}`;
}

/** Tells times in milliseconds as texts, most of which differ from the one before in three digits only. */
export class TimeText {
  #second = 0;
  #secondText = '';

  of(timeMs: number): string {
    const second = Math.floor(timeMs / 1_000);
    const digits = DIGITS[timeMs - second * 1_000];
    if (second < 1 || digits === undefined) return String(timeMs);
    if (second !== this.#second) {
      this.#second = second;
      this.#secondText = String(second);
    }
    return this.#secondText + digits;
  }
}
