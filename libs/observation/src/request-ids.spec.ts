import { expect, it } from 'vitest';
import { RequestIds } from './request-ids.js';

it('gives no request an id that JSON would write in another way', () => {
  const ids = new RequestIds();
  const accepted = new Set<string>();
  const special: string[] = [];
  for (let code = 0; code <= 0xffff; code += 1) {
    const character = String.fromCharCode(code);
    for (const header of [`${character}1234567`, `1234567${character}`, `1234${character}567`]) {
      const id = ids.idOf(header, true);
      if (JSON.stringify(id) !== `"${id}"` || !/^[!-~]{8,64}$/.test(id)) special.push(id);
      if (id === header) accepted.add(character);
    }
  }
  expect(special).toEqual([]);
  expect([...accepted].join('')).toBe('-.0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ_abcdefghijklmnopqrstuvwxyz');
});

it('takes the id of a trusted caller, and makes one for all others', () => {
  const ids = new RequestIds();
  expect(ids.idOf('trusted.id-1', true)).toBe('trusted.id-1');
  for (const made of [ids.idOf('trusted.id-1', false), ids.idOf(['trusted.id-1'], true), ids.idOf(undefined, true)]) {
    expect(made).toMatch(/^[\da-f]{32}$/);
  }
});
