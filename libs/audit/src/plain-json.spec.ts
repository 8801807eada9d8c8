import { expect, it } from 'vitest';
import { canonicalForm } from './canonical-form.js';
import { plainJson } from './plain-json.js';

it('writes out as text what has no canonical form or no place in a database, in values and in keys', () => {
  const plain = plainJson({
    half: 'a\ud83db',
    'key\udc00': 1,
    nul: 'a\0b',
    numbers: [NaN, Infinity, -Infinity, 1.5, 10n],
    nothing: undefined,
  });
  expect(plain).toEqual({
    half: 'a\\ud83db',
    'key\\udc00': 1,
    nul: 'a\\u0000b',
    numbers: ['NaN', 'Infinity', '-Infinity', 1.5, '10'],
  });
  expect(canonicalForm(plain)).toContain('"nul":"a\\\\u0000b"');
});

it.each(['a \\u0000 in letters', 'C:\\ud800\\', '\\\\u0000', '\u{1f600} "quoted" \n\t\u001f'])(
  'leaves %j as it is',
  (text) => {
    expect(plainJson({ [text]: text })).toEqual({ [text]: text });
  },
);
