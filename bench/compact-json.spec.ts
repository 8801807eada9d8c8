import { expect, it } from 'vitest';
import { compactJson } from './compact-json.ts';

it('gives each flat object one line, and changes no value', () => {
  const value = { verdict: 'passed', absent: undefined, refusals: [], rows: [{ a: 1, b: 'two\nlines' }, { a: null }] };
  const text = compactJson(value);
  expect(text.split('\n')).toEqual([
    '{',
    '  "verdict": "passed",',
    '  "refusals": [],',
    '  "rows": [',
    '    { "a": 1, "b": "two\\nlines" },',
    '    { "a": null }',
    '  ]',
    '}',
  ]);
  expect(JSON.parse(text)).toEqual(JSON.parse(JSON.stringify(value)));
});
