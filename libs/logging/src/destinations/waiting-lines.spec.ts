import { describe, expect, it } from 'vitest';
import { contentOf, WaitingLines } from './waiting-lines.js';

const TEXTS = [
  'a',
  '\u00e4\u00f6',
  '\u20ac',
  '\u{1f980}',
  'x'.repeat(70_000),
  '\u20ac'.repeat(30_000),
  `${'y'.repeat(500)}\u00e4`,
];

describe('lines that wait', () => {
  it('come out whole, in their order and counted, whatever their length and letters', () => {
    const waiting = new WaitingLines();
    const taken: Buffer[] = [];
    let given = '';
    let bytes = 0;
    let lines = 0;
    const take = (): void => {
      const block = waiting.take();
      if (block === undefined) return;
      lines += block.lines;
      taken.push(Buffer.from(contentOf(block)));
      waiting.reuse(block);
    };
    for (let index = 0; index < 2_000; index += 1) {
      const line = `${index}${TEXTS[(index * 5) % (index % 40 === 0 ? TEXTS.length : 4)]}\n`;
      given += line;
      bytes += waiting.add(line);
      if (index % 7 === 0) take();
    }
    for (const block of waiting.takeAll()) {
      lines += block.lines;
      taken.push(contentOf(block));
    }
    const all = Buffer.concat(taken);
    expect(lines).toBe(2_000);
    expect(bytes).toBe(all.length);
    expect(all.toString() === given).toBe(true);
    expect(waiting.take()).toBeUndefined();
  });

  it('use the room of what was written again', () => {
    const waiting = new WaitingLines();
    waiting.add('first\n');
    const block = waiting.take()!;
    waiting.reuse(block);
    waiting.add('second\n');
    const next = waiting.take()!;
    expect(next.room).toBe(block.room);
    expect(contentOf(next).toString()).toBe('second\n');
  });
});
