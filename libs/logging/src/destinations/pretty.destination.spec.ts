import { describe, expect, it } from 'vitest';
import { describeLogDestination } from '../log-destination.contract.js';
import { GivenDestination } from './given.destination.js';
import { PrettyDestination } from './pretty.destination.js';

function pretty(): { lines: string[]; destination: PrettyDestination } {
  const lines: string[] = [];
  const next = new GivenDestination({ write: (line) => lines.push(line) }, 1_000_000);
  return { lines, destination: new PrettyDestination(next, false) };
}

describeLogDestination('a terminal', () => {
  const { lines, destination } = pretty();
  return { destination, arrived: () => lines.join(''), close: () => undefined };
});

describe('PrettyDestination', () => {
  it('shows who says what, and what belongs to it, in one line', () => {
    const { lines, destination } = pretty();
    destination.write(
      `${JSON.stringify({ level: 30, time: 0, service: 'order', context: 'Orders', request_id: 'r1', a: 1, msg: 'placed' })}\n`,
    );
    expect(lines.join('')).toMatch(/^\[\d\d:\d\d:00\.000\] INFO: \[Orders\] placed \{"request_id":"r1","a":1\}\n$/);
  });

  it('lets no text look like a line of its own, nor move the cursor', () => {
    const text = 'bob\r\n[12:00:00.000] INFO: [Auth] admin logged in\n\n  [12:00]\u001b[2J';
    const entry = { level: 30, time: 0, context: text, name: text, caller: text, a: text, msg: text };
    const { lines, destination } = pretty();
    const error = { type: 'Error', message: text, stack: `Error: ${text}\n    at place (orders.ts:1:2)` };
    destination.write(`${JSON.stringify(entry)}\n`);
    destination.write(`${JSON.stringify({ ...entry, err: error })}\n`);
    destination.write(`${JSON.stringify({ ...entry, ...error })}\n`);
    const shown = lines.join('');
    expect(shown.split('\n').filter((line) => /^ {0,3}\S/.test(line))).toHaveLength(3);
    expect(shown).toMatch(/^[\n\x20-\x7e]+\n$/);
    expect(shown).toMatch(/\n {4}\[12:00:00\.000\] INFO: \[Auth\] admin logged in\n {4}/);
    expect(shown).toMatch(/\n {4,}at place \(orders\.ts:1:2\)\n/);
    expect(shown).toContain('bob\\r');
  });

  it('shows tabs, quotes, backslashes and other scripts as they are', () => {
    const { lines, destination } = pretty();
    destination.write(`${JSON.stringify({ level: 30, time: 0, msg: 'C:\\new "a"\tgrün 귤 \\u0041' })}\n`);
    expect(lines.join('')).toContain('INFO: C:\\new "a"\tgrün 귤 \\u0041');
  });
});
