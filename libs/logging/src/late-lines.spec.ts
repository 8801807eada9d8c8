import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { dirname, join } from 'node:path';
import { text } from 'node:stream/consumers';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { build, defaultServerConditions, type Rollup } from 'vite';
import { beforeAll, describe, expect, it } from 'vitest';
import type { LedgerSnapshot } from '#delivery';
import type { Line } from './logged-app.fixture.js';

const folder = dirname(fileURLToPath(import.meta.url));
let program: string;

beforeAll(async () => {
  const [bundle] = (await build({
    configFile: false,
    logLevel: 'silent',
    ssr: { resolve: { conditions: ['crowsnest-source', ...defaultServerConditions] } },
    oxc: { decorator: { legacy: true, emitDecoratorMetadata: true } },
    build: { ssr: join(folder, 'late-lines.fixture.ts'), write: false, target: 'node22' },
  }).then((output) => [output].flat())) as Rollup.RollupOutput[];
  program = bundle!.output[0].code;
});

function start(ending: string): ChildProcess {
  const child = spawn(process.execPath, ['--input-type=module', '-', ending], { cwd: folder, timeout: 20_000 });
  child.stdin.end(program);
  return child;
}

const linesOf = (output: string): Line[] =>
  output
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as Line);

describe('a process that ends', () => {
  it('by process.exit() has written every line, also those of exit listeners', async () => {
    const lines = linesOf(await text(start('exit').stdout!));
    expect(lines.filter(({ msg }) => msg.startsWith('line '))).toHaveLength(5_000);
    expect(lines.at(-1)).toMatchObject({ service: 'late', msg: 'from an exit listener' });
  });

  it('by itself has written every line', async () => {
    const lines = linesOf(await text(start('naturally').stdout!));
    expect(lines.at(-1)).toMatchObject({ msg: 'nothing keeps this process alive' });
  });

  it('by a signal has written every line of its hooks and what came after them, even if it is killed', async () => {
    const child = start('close');
    const output = text(child.stdout!);
    await once(child.stderr!, 'data');
    await sleep(200);
    child.kill('SIGTERM');
    expect(await once(child, 'exit')).toEqual([null, 'SIGKILL']);
    const lines = linesOf(await output);
    expect(lines.filter(({ msg }) => msg === 'under load').length).toBeGreaterThan(10);
    expect(lines.filter(({ msg }) => msg.startsWith('hook '))).toHaveLength(5_000);
    expect(lines.slice(-2).map(({ service, msg }) => [service, msg])).toEqual([
      ['late', 'after the app closed'],
      ['late', 'from main'],
    ]);
  });

  it('because it could not start says why in JSON and in nothing else', async () => {
    const child = start('broken');
    const [output, errors, [code]] = await Promise.all([
      text(child.stdout!),
      text(child.stderr!),
      once(child, 'exit') as Promise<[number]>,
    ]);
    expect([code, errors]).toEqual([1, '']);
    const lines = linesOf(output);
    expect(lines[0]).toMatchObject({ context: 'NestFactory', msg: 'Starting Nest application...' });
    expect(lines.at(-1)).toMatchObject({
      level: 60,
      err: { type: 'RangeError', message: 'the database has no name', stack: expect.any(String) },
    });
  });
});

describe('a reader that stalls', () => {
  it('stops neither the event loop nor the end of the process', async () => {
    const child = start('stall');
    child.stdout!.pause();
    await once(child.stderr!, 'data');
    const errors = text(child.stderr!);
    await sleep(2_000);
    child.kill('SIGTERM');
    const began = performance.now();
    expect(await once(child, 'exit')).toEqual([0, null]);
    expect(performance.now() - began).toBeLessThan(8_000);
    child.stdout!.destroy();
    const told = (await errors).split('\n').find((line) => line.includes('longestMs'))!;
    expect((JSON.parse(told) as { longestMs: number }).longestMs).toBeLessThan(500);
  });

  it('stops a process that writes each line at once', async () => {
    const child = start('stall pino');
    child.stdout!.pause();
    await once(child.stderr!, 'data');
    await sleep(500);
    child.kill('SIGTERM');
    await sleep(1_000);
    expect(child.exitCode).toBeNull();
    child.kill('SIGKILL');
    await once(child, 'exit');
    child.stdout!.destroy();
  });
});

describe('a reader that goes away', () => {
  it('costs lines, which are counted, and one line on stderr', async () => {
    const child = start('reader gone');
    const errors = text(child.stderr!);
    await once(child.stdout!, 'data');
    child.stdout!.destroy();
    expect(await once(child, 'exit')).toEqual([0, null]);
    const [notice, books, ...more] = (await errors).split('\n');
    expect(more).toEqual([]);
    expect(JSON.parse(notice!)).toMatchObject({ level: 50, msg: expect.stringContaining('EPIPE') });
    const { produced, delivered, dropped } = JSON.parse(books!) as LedgerSnapshot;
    expect(dropped['broken_pipe']).toBeGreaterThan(100);
    expect(delivered + dropped['broken_pipe']!).toBe(produced);
  });
});
