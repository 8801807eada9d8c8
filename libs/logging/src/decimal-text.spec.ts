import { expect, it } from 'vitest';
import { roundedMsText, TimeText } from './decimal-text.js';

const SMALLEST = Number.MIN_VALUE;
const LIMIT = 2 ** 31;

/** Numbers from 0 to 1, the same in each run. */
function* fractions(count: number): Iterable<number> {
  let state = 7;
  for (let index = 0; index < count; index += 1) {
    state = (state * 48_271) % 2_147_483_647;
    yield state / 2_147_483_647;
  }
}

it('writes durations as JavaScript does', () => {
  const edges = [0, -0, SMALLEST, 0.0004, 0.0005, 0.001, 0.0995, 0.9994, 0.9995, 1, 1.1, 1.01, 10.10049, 999.9996];
  const unsafe = [LIMIT - 0.001, LIMIT - 0.0001, LIMIT, LIMIT + 0.5, 1e15, 1e21, 1e300, Infinity, NaN];
  const durations = [...edges, ...unsafe].flatMap((edge) => [edge, -edge]);
  for (let thousandths = 0; thousandths < 5_000; thousandths += 1) durations.push(thousandths / 1_000);
  for (const fraction of fractions(20_000)) durations.push(fraction * 5, fraction * 60_000, fraction * LIMIT * 1.1);
  const differing = durations.filter((ms) => roundedMsText(ms) !== String(Math.round(ms * 1_000) / 1_000));
  expect(differing).toEqual([]);
  expect(roundedMsText()).toBe('0');
});

it('writes times as JavaScript does, over the end of a second and when the clock is set back', () => {
  const start = 1_800_000_000_000;
  const times = [0, 1, 999, 1_000, 1_001, -1, -1_000, -1_001, 8.64e15, start + 0.5, NaN, Infinity];
  for (let step = 0; step < 3_000; step += 1) times.push(start + step);
  for (const fraction of fractions(5_000)) times.push(start + Math.floor((fraction - 0.5) * 5_000));
  const text = new TimeText();
  expect(times.filter((time) => text.of(time) !== String(time))).toEqual([]);
  expect([start + 999, start - 1, start].map((time) => text.of(time))).toEqual([
    '1800000000999',
    '1799999999999',
    '1800000000000',
  ]);
});
