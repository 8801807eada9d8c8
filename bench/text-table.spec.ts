import { expect, it } from 'vitest';
import { textTable } from './text-table.ts';

it('puts names to the left and figures to the right', () => {
  const rows = [
    ['bare Nest', '1.00'],
    ['suite', '12.00'],
  ];
  expect(textTable(['variant', 'times'], rows).split('\n')).toEqual([
    'variant    times',
    'bare Nest   1.00',
    'suite      12.00',
  ]);
});
