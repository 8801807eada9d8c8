import { createContextKey, ROOT_CONTEXT } from '@opentelemetry/api';
import { describe, expect, it } from 'vitest';
import { EMPTY_CONTEXT } from './linked-context.js';

const [FIRST, SECOND, THIRD] = ['first', 'second', 'third'].map((name) => createContextKey(name)) as [
  symbol,
  symbol,
  symbol,
];

// OpenTelemetry's own context is the control: what it answers is right.
describe.each([
  ['LinkedContext', EMPTY_CONTEXT],
  ["OpenTelemetry's context", ROOT_CONTEXT],
])('%s', (_, root) => {
  const both = root.setValue(FIRST, 1).setValue(SECOND, 2);
  const valuesOf = (context: typeof root): unknown[] => [FIRST, SECOND, THIRD].map((key) => context.getValue(key));

  it('keeps values, also those that are undefined, and nothing else', () => {
    expect(valuesOf(both)).toEqual([1, 2, undefined]);
    expect(valuesOf(both.setValue(SECOND, undefined))).toEqual([1, undefined, undefined]);
    expect(valuesOf(root)).toEqual([undefined, undefined, undefined]);
  });

  it('replaces and deletes values wherever they stand, and stays as it was itself', () => {
    expect(valuesOf(both.setValue(FIRST, 'new').setValue(THIRD, 3))).toEqual(['new', 2, 3]);
    expect(valuesOf(both.deleteValue(FIRST))).toEqual([undefined, 2, undefined]);
    expect(valuesOf(both.deleteValue(SECOND).deleteValue(THIRD))).toEqual([1, undefined, undefined]);
    expect(valuesOf(both)).toEqual([1, 2, undefined]);
  });
});

it('lets go of what was replaced', () => {
  let context = EMPTY_CONTEXT.setValue(FIRST, 'kept');
  for (let round = 0; round < 100; round++) context = context.setValue(SECOND, round).setValue(THIRD, round);
  let links = 0;
  for (let one: object | undefined = context; one !== undefined; one = (one as { parent?: object }).parent) links++;
  expect(links).toBe(4);
});
