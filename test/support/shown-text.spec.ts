import { expect, it } from 'vitest';
import { ShownText } from './shown-text.ts';

const shown = new ShownText(
  '{"traceId":"68e4ab1e4c0b684c8fbba55617492ba9",\n  "durationMs":4.158,"outcome":"success",…}',
);

it('takes other ids and durations, another folding, and anything for what was left out', () => {
  const real = '{"traceId":"00000000000000000000000000000001","durationMs":17.2,"outcome":"success","more":{}}\n';
  expect(shown.matches(real, new Map())).toBe(true);
  expect(shown.matches(real.replace('success', 'failure'), new Map())).toBe(false);
  expect(shown.matches(real.replace('17.2', '"late"'), new Map())).toBe(false);
  expect(shown.matches(`${real}{}!`, new Map())).toBe(false);
});

it('takes an id for one that it was before, only', () => {
  const ids = new Map<string, string>();
  const twice = new ShownText('id d55f7012-c14c-4778-b4d1-7f7a6f9e7713, again d55f7012-c14c-4778-b4d1-7f7a6f9e7713');
  const [first, second] = ['11111111-1111-4111-8111-111111111111', '22222222-2222-4222-8222-222222222222'];
  expect(twice.matches(`id ${first}, again ${second}`, ids)).toBe(false);
  expect(twice.matches(`id ${first}, again ${first}`, ids)).toBe(true);
  expect(twice.matches(`id ${second}, again ${second}`, ids)).toBe(false);
});
