import { Writable } from 'node:stream';
import { describe, expect, it } from 'vitest';
import { ProgressBar } from './progress-bar.ts';

function written(isTTY: boolean, total: number, steps: number[]): string {
  let text = '';
  const out = new Writable({ write: (chunk, _, done) => ((text += String(chunk)), done()) });
  const bar = new ProgressBar(Object.assign(out, { isTTY }) as unknown as NodeJS.WriteStream, total, 'orders');
  for (const step of steps) bar.show(step);
  return text;
}

describe('ProgressBar', () => {
  it('rewrites one line on a terminal and ends it when all is done', () => {
    const text = written(true, 2, [1, 2]);
    expect(text).toContain(`\r${'█'.repeat(15)}${'░'.repeat(15)}  1 of 2 orders`);
    expect(text).toMatch(/\r█{30} {2}2 of 2 orders[^\n]*\n$/);
    expect(text.split('\n')).toHaveLength(2);
  });

  it('writes a plain line for every tenth elsewhere', () => {
    const steps = Array.from({ length: 100 }, (_, index) => index + 1);
    const lines = written(false, 100, steps).trimEnd().split('\n');
    expect(lines).toHaveLength(10);
    expect(lines[0]).toBe('10 of 100 orders');
    expect(lines[9]).toBe('100 of 100 orders');
  });
});
