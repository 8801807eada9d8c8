/** What a text is made of, as bits; one pass over it says which rules cannot match. */
export const HAS_ASSIGNMENT = 1;
export const HAS_AT = 2;
export const HAS_DASH = 4;
export const HAS_SPACE = 8;
export const HAS_UPPER_CASE = 16;
/** A character that is not printable ASCII, tab or line break. */
export const HAS_UNUSUAL = 32;
/** As many digits as the shortest card number. */
export const HAS_MANY_DIGITS = 64;
/** How many shapes there are. */
export const SHAPE_COUNT = 128;

/** What one character adds to the shape of its text. */
const ADDED = new Uint8Array(128);
for (let code = 0; code < 128; code += 1) {
  const character = String.fromCharCode(code);
  if (code === 127 || (code < 32 && !'\t\n\r'.includes(character))) ADDED[code] = HAS_UNUSUAL;
  else if (character === '=' || character === ':') ADDED[code] = HAS_ASSIGNMENT;
  else if (character === '@') ADDED[code] = HAS_AT;
  else if (character === '-') ADDED[code] = HAS_DASH;
  else if (character === ' ' || character === '\t') ADDED[code] = HAS_SPACE;
  else if (character >= 'A' && character <= 'Z') ADDED[code] = HAS_UPPER_CASE;
}

export function shapeOf(text: string): number {
  let shape = 0;
  let digits = 0;
  for (let place = 0; place < text.length; place += 1) {
    const code = text.charCodeAt(place);
    if (code >= 128) shape |= HAS_UNUSUAL;
    else if (code >= 48 && code <= 57) digits += 1;
    else shape |= ADDED[code]!;
  }
  return digits >= 14 ? shape | HAS_MANY_DIGITS : shape;
}
