/**
 * First digits and lengths of the card schemes; without them one long number in ten would pass for a card. The old Visa
 * numbers of 13 digits are left out, as the article numbers (EAN) of whole countries look the same.
 */
const SCHEME =
  /^(?:4(?:\d{15}|\d{18})|5\d{15}|2(?:2[2-9]|[3-6]\d|7[0-2])\d{13}|3[47]\d{13}|3(?:0[0-5]|[689]\d)\d{11}|35\d{14}|6\d{15,18})$/;

const MIN_DIGITS = 14;
const MAX_DIGITS = 19;

const SMALLEST_CARD_NUMBER = 1e13;

/** Replaces the card numbers in a run of digits that spaces or dashes divide into groups. */
export function replaceCardNumbers(run: string, replacement: () => string): string {
  const groups = run.split(/([ -])/);
  let text = '';
  // Digits stand at even places, and the separator that follows them at the next.
  for (let start = 0; start < groups.length; start += 2) {
    const end = endOfCard(groups, start);
    text += end === undefined ? groups[start] : replacement();
    if (end !== undefined) start = end;
    text += groups[start + 1] ?? '';
  }
  return text;
}

export function isCardNumber(digits: string): boolean {
  return SCHEME.test(digits) && passesLuhn(digits);
}

/** Says the same of a number, which most often is too small to be asked for its digits. */
export function isNumberOfCard(value: number): boolean {
  return value >= SMALLEST_CARD_NUMBER && Number.isSafeInteger(value) && isCardNumber(String(value));
}

function endOfCard(groups: readonly string[], start: number): number | undefined {
  let digits = '';
  let end: number | undefined;
  for (let place = start; place < groups.length; place += 2) {
    digits += groups[place];
    if (digits.length > MAX_DIGITS) break;
    if (digits.length >= MIN_DIGITS && isCardNumber(digits)) end = place;
  }
  return end;
}

function passesLuhn(digits: string): boolean {
  let sum = 0;
  for (let place = 0; place < digits.length; place += 1) {
    const digit = digits.charCodeAt(digits.length - 1 - place) - 48;
    const doubled = place % 2 === 1 ? digit * 2 : digit;
    sum += doubled > 9 ? doubled - 9 : doubled;
  }
  return sum % 10 === 0;
}
