import { closeSync, fstatSync, mkdtempSync, openSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { describeLogDestination, type DestinationUnderTest } from '../log-destination.contract.js';
import { BufferedDestination } from './buffered.destination.js';

const BOUNDS = { maxBytes: 4 * 1024 * 1024, minBytes: 4_096 };

function file(isReopened = false): DestinationUnderTest & { fd: number } {
  const folder = mkdtempSync(join(tmpdir(), 'log-'));
  const path = join(folder, 'app.log');
  const fd = openSync(path, 'a');
  return {
    fd,
    destination: new BufferedDestination(fd, isReopened ? { ...BOUNDS, reopen: () => openSync(path, 'a') } : BOUNDS),
    arrived: () => readFileSync(path, 'utf8'),
    close: () => (isReopened || closeSync(fd), rmSync(folder, { recursive: true })),
  };
}

function isOpen(fd: number): boolean {
  try {
    fstatSync(fd);
    return true;
  } catch {
    return false;
  }
}

describeLogDestination('a file', () => file());
describeLogDestination('a file that is opened anew for late lines', () => file(true));

describe('BufferedDestination', () => {
  it('keeps no more bytes than it may, and counts the lines that found no room', async () => {
    const fd = openSync('/dev/full', 'w');
    const destination = new BufferedDestination(fd, { maxBytes: 10_000, minBytes: 4_096 });
    for (let index = 0; index < 1_000; index += 1) destination.write(`${'x'.repeat(99)}\n`);
    await sleep(50);
    expect(destination.ledger.snapshot()).toMatchObject({ inFlight: 100, dropped: { buffer_full: 900 } });
    destination.release();
    expect(destination.ledger.snapshot()).toMatchObject({ inFlight: 0, delivered: 0 });
    closeSync(fd);
  });

  it('gives up at the deadline when the disk stays full, and does not wait for it at the end', async () => {
    const fd = openSync('/dev/full', 'w');
    const destination = new BufferedDestination(fd, BOUNDS);
    destination.write('kept\n');
    const start = performance.now();
    await destination.flush(100);
    destination.release();
    expect(performance.now() - start).toBeLessThan(1_000);
    closeSync(fd);
  });

  it('closes a file that it can open anew, behind the write under way', async () => {
    const { destination, arrived, fd, close } = file(true);
    destination.write(`${'x'.repeat(BOUNDS.minBytes)}\n`);
    destination.release!();
    await expect.poll(() => isOpen(fd)).toBe(false);
    expect(arrived()).toHaveLength(BOUNDS.minBytes + 1);
    destination.write('late\n');
    expect(arrived()).toMatch(/x\nlate\n$/);
    expect(isOpen(fd)).toBe(false);
    close();
  });

  it('leaves a descriptor open that it was only lent', async () => {
    const { destination, fd, close } = file();
    destination.release!();
    await sleep(10);
    expect(isOpen(fd)).toBe(true);
    close();
  });

  it('leaves no listener behind', () => {
    const before = process.listenerCount('exit');
    const { destination, close } = file();
    expect(process.listenerCount('exit')).toBe(before + 1);
    destination.release!();
    expect(process.listenerCount('exit')).toBe(before);
    close();
  });
});
