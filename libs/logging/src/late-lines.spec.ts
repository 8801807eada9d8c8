import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { text } from 'node:stream/consumers';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { build, defaultServerConditions, type Rollup } from 'vite';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
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
  // Below this folder, where the packages that it imports are found.
  program = join(mkdtempSync(join(folder, '.late-lines-')), 'program.mjs');
  writeFileSync(program, bundle!.output[0].code);
});

afterAll(() => rmSync(dirname(program), { recursive: true }));

const start = (ending: string): ChildProcess => spawn(process.execPath, [program, ending], { timeout: 20_000 });
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
    await sleep(1_500);
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
});
