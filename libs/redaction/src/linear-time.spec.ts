import { describe, expect, it } from 'vitest';
import { Redactor } from './redactor.js';

/** Pieces that make patterns start, go on and fail, so that a pattern that starts over again and again shows itself. */
const PIECES = [
  ...['a', 'A', '0', '=', ':', ' ', '\t', '-', '.', '@', '/', '"', "'", '\\', '{', '[', ',', '\u200b', '\u202e', '\n'],
  ...[
    'eyJ',
    'eyJa.',
    '-----BEGIN ',
    '-----END A',
    '://',
    '://a:',
    '://a:b/',
    '://@',
    'bearer ',
    'bearer \t',
    'basic ab',
  ],
  ...['AKIA', '4111 ', '4-', '1 1', 'password', 'password=', 'password="', 'password="\\', '"password":', "password:'"],
  ...[
    'password={',
    'password=[{',
    'cookie:',
    'cookie:"',
    'api key',
    'api key:',
    'key ',
    'a key:',
    '\\"token\\":\\"',
    'Aa',
    '_A',
  ],
];

const SMALL = 2_048;
const TIMES = 16;
/** Proportional time is 16 times as much, quadratic time 256 times. */
const MAX_TIMES_AS_LONG = 64;

/** What the clock and the collector may add to a time that is close to nothing. */
const NOISE_MICROS = 500;

const redactor = new Redactor({ maxStringLength: SMALL * TIMES });

function cpuMicros(text: string, by: Redactor): number {
  const before = process.cpuUsage();
  by.redactText(text);
  const spent = process.cpuUsage(before);
  return spent.user + spent.system;
}

function least(text: string, by = redactor): number {
  return Math.min(...Array.from({ length: 5 }, () => cpuMicros(text, by)));
}

describe('The time that a text takes', () => {
  const texts = [
    ...PIECES.map((piece) => [piece]),
    ...PIECES.map((piece, place) => [piece, PIECES[(place * 7 + 3) % PIECES.length]!]),
    ...PIECES.map((piece, place) => [
      piece,
      PIECES[(place * 11 + 5) % PIECES.length]!,
      PIECES[(place * 5 + 1) % PIECES.length]!,
    ]),
  ];

  it('grows with its length only, whatever it repeats', () => {
    const isSlow = (pieces: string[]): boolean => {
      const piece = pieces.join('');
      const text = piece.repeat(Math.ceil((SMALL * TIMES) / piece.length)).slice(0, SMALL * TIMES);
      return least(text) > MAX_TIMES_AS_LONG * least(text.slice(0, SMALL)) + NOISE_MICROS;
    };
    // A busy machine makes any text look slow once; only the square does it every time.
    const slow = texts.filter((pieces) => isSlow(pieces) && isSlow(pieces) && isSlow(pieces));
    expect(slow).toEqual([]);
  });

  it('is told apart from a time that grows with the square of the length', () => {
    const quadratic = new Redactor({ maxStringLength: SMALL * TIMES, patterns: [/a+!/] });
    const time = (length: number): number => least('a'.repeat(length), quadratic);
    expect(time(SMALL * TIMES)).toBeGreaterThan(MAX_TIMES_AS_LONG * time(SMALL) + NOISE_MICROS);
  });
});
