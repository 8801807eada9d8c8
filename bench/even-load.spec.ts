import { expect, it } from 'vitest';
import { evenLoad } from './even-load.ts';
import { BASELINE } from './variants.ts';

it('gives each server as many requests as it answers while bare Nest answers its own', () => {
  expect(evenLoad(4_096, { [BASELINE]: 20, twin: 21, suite: 40, cheap: 10 })).toEqual({
    [BASELINE]: 4_096,
    twin: 4_096,
    suite: 2_048,
    cheap: 8_192,
  });
});

it('gives whole batches, and one to the dearest', () => {
  expect(evenLoad(1_024, { [BASELINE]: 10, dear: 14, dearest: 200 })).toEqual({
    [BASELINE]: 1_024,
    dear: 512,
    dearest: 512,
  });
});
