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
});
