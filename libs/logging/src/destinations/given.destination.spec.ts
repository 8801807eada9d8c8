import { setTimeout as sleep } from 'node:timers/promises';
import { Writable } from 'node:stream';
import { describe, expect, it } from 'vitest';
import { describeLogDestination } from '../log-destination.contract.js';
import { GivenDestination } from './given.destination.js';

const MAX_BYTES = 4 * 1024 * 1024;

describeLogDestination('an object', () => {
  const lines: string[] = [];
  let isBroken = false;
  const given = {
    write(line: string): void {
      if (isBroken) throw new Error('broken');
      lines.push(line);
    },
  };
  return {
    destination: new GivenDestination(given, MAX_BYTES),
    arrived: () => lines.join(''),
    breakDown: () => void (isBroken = true),
    close: () => undefined,
  };
});

describeLogDestination('a stream', () => {
  const chunks: Buffer[] = [];
  const stream = new Writable({
    write(chunk: Buffer, _encoding, done) {
      chunks.push(chunk);
      if (chunks.length % 100 === 0) setImmediate(done);
      else done();
    },
  });
  return {
    destination: new GivenDestination(stream, MAX_BYTES),
    arrived: () => Buffer.concat(chunks).toString(),
    close: () => void stream.destroy(),
  };
});

describe('GivenDestination', () => {
  it('survives a stream that fails, and a promise that is rejected', async () => {
    const stream = new Writable({ write: (_chunk, _encoding, done) => done(new Error('broken')) });
    const failing = new GivenDestination(stream, MAX_BYTES);
    failing.write('lost\n');
    const rejecting = new GivenDestination({ write: () => Promise.reject(new Error('broken')) }, MAX_BYTES);
    rejecting.write('lost\n');
    await sleep(10);
    failing.write('lost as well\n');
    expect(rejecting.ledger.snapshot()).toMatchObject({ produced: 1, dropped: { unwritable: 1 } });
  });

  it('listens to a stream once, however many apps write there, and also when their last line fails late', async () => {
    const stream = new Writable({ write: (_chunk, _encoding, done) => setTimeout(done, 5, new Error('broken')) });
    const before = stream.listenerCount('error');
    for (let app = 0; app < 12; app += 1) {
      const destination = new GivenDestination(stream, MAX_BYTES);
      destination.release();
      if (app === 11) destination.write('late\n');
    }
    expect(stream.listenerCount('error')).toBe(before + 1);
    await sleep(20);
    expect(stream.errored?.message).toBe('broken');
  });

  it('drops lines rather than let a slow stream grow', async () => {
    const stream = new Writable({ write: () => undefined });
    const destination = new GivenDestination(stream, 1_000);
    for (let index = 0; index < 100; index += 1) destination.write(`${'x'.repeat(99)}\n`);
    expect(stream.writableLength).toBe(1_000);
    expect(destination.ledger.snapshot().dropped).toEqual({ buffer_full: 90 });
    const start = performance.now();
    await destination.flush(50);
    expect(performance.now() - start).toBeLessThan(1_000);
  });
});
