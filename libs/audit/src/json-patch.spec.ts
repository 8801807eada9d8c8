import { expect, it } from 'vitest';
import { jsonPatch } from './json-patch.js';

it.each([
  ['nothing for equal states', { a: [1, { b: 2 }] }, { a: [1, { b: 2 }] }, []],
  [
    'a step for each field that came, went or changed',
    { same: 1, gone: 2, changed: { deep: 3 } },
    { same: 1, changed: { deep: 4 }, new: 5 },
    [
      { op: 'remove', path: '/gone' },
      { op: 'replace', path: '/changed/deep', value: 4 },
      { op: 'add', path: '/new', value: 5 },
    ],
  ],
  ['a list as a whole', { a: [1, 2] }, { a: [1, 3] }, [{ op: 'replace', path: '/a', value: [1, 3] }]],
  ['slash and tilde escaped', {}, { 'a/b~c': 1 }, [{ op: 'add', path: '/a~1b~0c', value: 1 }]],
  ['everything for states that are no objects', null, { a: 1 }, [{ op: 'replace', path: '', value: { a: 1 } }]],
])('a patch tells %s', (_, before, after, patch) => {
  expect(jsonPatch(before, after)).toEqual(patch);
});
