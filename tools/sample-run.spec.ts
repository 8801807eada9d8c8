import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { expect, it } from 'vitest';
import type { AppToStart } from './app-process.ts';
import { freePort } from './ports.ts';
import { temporaryDirectory } from './temporary-directory.ts';

/** An app as small as can be: says what happens to it, and does what its variables tell. */
const standIn = `
  const { NAME, DRAIN_MS, READY_AFTER_MS, DIE_AFTER_MS, PORT, HOST } = process.env;
  const say = (what) => process.stdout.write(NAME + ' ' + what + '\\n');
  let ready = false;
  setTimeout(() => { say('ready'); ready = true; }, Number(READY_AFTER_MS));
  if (DIE_AFTER_MS) setTimeout(() => process.exit(7), Number(DIE_AFTER_MS));
  process.on('SIGTERM', () => {
    say('draining');
    if (DRAIN_MS) setTimeout(() => { say('drained'); process.exit(0); }, Number(DRAIN_MS));
  });
  const { createServer } = await import('node:http');
  createServer((_request, response) => response.writeHead(ready ? 200 : 503).end()).listen(Number(PORT), HOST);
  say('pid ' + process.pid);`;

it('greets when all apps are ready, and on SIGTERM lets them drain, the last one first', async () => {
  await using run = await startRun([{ name: 'order', READY_AFTER_MS: '300' }, { name: 'gateway' }]);
  await run.says('greeting');
  expect(run.lines.indexOf('order ready')).toBeLessThan(run.lines.indexOf('greeting'));
  run.child.kill('SIGTERM');
  expect(await run.end()).toBe('exit code 0');
  const stops = run.lines.filter((line) => /drain/.test(line));
  expect(stops).toEqual(['gateway draining', 'gateway drained', 'order draining', 'order drained']);
});

it('stops before the apps are ready when it is asked to', async () => {
  await using run = await startRun([{ name: 'order', READY_AFTER_MS: '60000' }]);
  await run.says('order pid');
  run.child.kill('SIGINT');
  expect(await run.end()).toBe('exit code 0');
  expect(run.lines).not.toContain('greeting');
});

it('names an app that ends by itself, stops the rest and fails', async () => {
  await using run = await startRun([{ name: 'order' }, { name: 'gateway', DIE_AFTER_MS: '500' }]);
  expect(await run.end()).toBe('exit code 1');
  expect(run.lines).toContain('gateway: ended by itself with exit code 7. The rest was stopped.');
  expect(run.lines).toContain('order drained');
});

it('names an app that ends before it is ready', async () => {
  await using run = await startRun([{ name: 'order', READY_AFTER_MS: '60000', DIE_AFTER_MS: '300' }]);
  expect(await run.end()).toBe('exit code 1');
  expect(run.lines).toContain('order: ended with exit code 7 before it was ready');
});

it('takes a signal that comes twice at once for one, and kills what is left at a later one', async () => {
  await using run = await startRun([{ name: 'order', DRAIN_MS: '' }]);
  await run.says('greeting');
  const pid = await run.pidOf('order');
  run.child.kill('SIGINT');
  run.child.kill('SIGTERM');
  await sleep(1_200);
  expect(isAlive(pid)).toBe(true);
  run.child.kill('SIGINT');
  expect(await run.end()).toBe('exit code 1');
  expect(await vanishes(pid)).toBe(true);
});

it('has its apps drain and end also when it is killed itself', async () => {
  await using run = await startRun([{ name: 'order' }]);
  await run.says('greeting');
  const pid = await run.pidOf('order');
  run.child.kill('SIGKILL');
  await run.says('order drained');
  expect(await vanishes(pid)).toBe(true);
});

it('stops when the shell that started it is gone', async () => {
  await using run = await startRun([{ name: 'order' }], ['sh', '-c', '"$0" "$@" & wait']);
  await run.says('greeting');
  const pid = await run.pidOf('order');
  run.child.kill('SIGKILL');
  await run.says('order drained');
  expect(await vanishes(pid)).toBe(true);
});

interface Run extends AsyncDisposable {
  child: ChildProcess;
  lines: string[];
  says(text: string): Promise<string>;
  pidOf(name: string): Promise<number>;
  end(): Promise<string>;
}

async function startRun(apps: ({ name: string } & Record<string, string>)[], wrapper: string[] = []): Promise<Run> {
  const dir = temporaryDirectory();
  const entry = join(dir.path, 'stand-in.mjs');
  writeFileSync(entry, standIn);
  const plan: AppToStart[] = [];
  for (const { name, ...env } of apps) {
    const port = await freePort();
    plan.push({ name, entry, port, env: { NAME: name, DRAIN_MS: '50', READY_AFTER_MS: '0', ...env } });
  }
  const driver = join(dir.path, 'driver.mjs');
  writeFileSync(
    driver,
    `import { runSamples } from ${JSON.stringify(join(import.meta.dirname, 'sample-run.ts'))};
     const say = (line) => process.stdout.write(line + '\\n');
     const apps = () => ${JSON.stringify(plan)};
     await runSamples({ databaseUrl: 'postgresql://127.0.0.1:1/none', apps, greeting: () => 'greeting', say }).catch((error) => {
       say(error.message);
       process.exit(1);
     });
     process.exit(0);`,
  );
  const [file = '', ...args] = [...wrapper, process.execPath, driver];
  return runOf(spawn(file, args, { stdio: ['ignore', 'pipe', 'inherit'] }), dir);
}

function runOf(child: ChildProcess, dir: AsyncDisposable): Run {
  let output = '';
  child.stdout!.setEncoding('utf8').on('data', (text: string) => (output += text));
  const exited = once(child, 'exit');
  const closed = once(child, 'close');
  const lines = () => output.split('\n');
  const says = (text: string) =>
    eventually(
      () => lines().find((line) => line.startsWith(text)),
      () => `a line "${text}" in:\n${output}`,
    );
  return {
    child,
    says,
    get lines() {
      return lines();
    },
    pidOf: async (name) => Number((await says(`${name} pid `)).split(' ').at(-1)),
    async end() {
      await closed;
      return `exit code ${child.exitCode}`;
    },
    async [Symbol.asyncDispose]() {
      child.kill('SIGKILL');
      await exited;
      // Only a broken run leaves apps behind.
      for (const pid of lines().flatMap((line) => / pid (\d+)$/.exec(line)?.[1] ?? [])) {
        if (isAlive(Number(pid))) process.kill(Number(pid), 'SIGKILL');
      }
      await dir[Symbol.asyncDispose]();
    },
  };
}

function vanishes(pid: number): Promise<boolean> {
  return eventually(
    () => !isAlive(pid) || undefined,
    () => `the end of process ${pid}`,
  );
}

async function eventually<T>(look: () => T | undefined, missing: () => string): Promise<T> {
  const deadline = Date.now() + 10_000;
  for (;;) {
    const found = look();
    if (found !== undefined) return found;
    if (Date.now() > deadline) throw new Error(`waited 10 s in vain for ${missing()}`);
    await sleep(20);
  }
}

function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}
