import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { dirname } from 'node:path';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import { type BeforeApplicationShutdown, Injectable, Module } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { build, defaultServerConditions, type Rollup } from 'vite';
import { describe, expect, it } from 'vitest';
import { leaveProcess, Observations } from '#observation';
import { ManagementServer } from './management-server.js';
import { ManagedApp, managedModule } from './managed-app.fixture.js';
import type { ManagementEndpoint } from './management-endpoint.js';
import { send } from './raw-request.fixture.js';

const PAGE: ManagementEndpoint = { method: 'GET', path: '/plain', handle: () => ({ body: 'up' }) };

describe('ManagementModule', () => {
  it('serves the pages on a port of their own and not on that of the app', async () => {
    await using app = await ManagedApp.start({ options: { port: 0 }, pages: [PAGE] });
    expect((await send(`${app.pagesUrl}/plain`)).text).toBe('up');
    expect((await app.send('/plain')).status).toBe(404);
  });

  it('listens on port 9700, or a later one, when nothing is said', async () => {
    await using app = await ManagedApp.start();
    const port = Number(new URL(app.pagesUrl!).port);
    expect(port).toBeGreaterThanOrEqual(9700);
    expect(port).toBeLessThan(9800);
  });

  it('gives two apps of one process different ports', async () => {
    await using first = await ManagedApp.start({ pages: [PAGE] });
    await using second = await ManagedApp.start({ pages: [{ ...PAGE, handle: () => ({ body: 'second' }) }] });
    expect((await send(`${first.pagesUrl}/plain`)).text).toBe('up');
    expect((await send(`${second.pagesUrl}/plain`)).text).toBe('second');
  });

  it('serves nothing when it is false', async () => {
    await using app = await ManagedApp.start({ options: false, pages: [PAGE] });
    expect(app.pagesUrl).toBeUndefined();
    expect((await app.send('/plain')).status).toBe(404);
  });

  it('refuses a wrong option before the app starts', async () => {
    await expect(ManagedApp.start({ options: { port: 70_000 } })).rejects.toThrow(
      `ManagementModule: port is 70000. Use a whole number from 0 to 65535, or 'app'.`,
    );
  });

  it('serves an app without HTTP, but not on a port that there is not', async () => {
    const context = await NestFactory.createApplicationContext(managedModule({ options: { port: 0 }, pages: [PAGE] }), {
      logger: false,
    });
    expect((await send(`${context.get(ManagementServer).url}/plain`)).text).toBe('up');
    await context.close();
    leaveProcess(context.get(Observations));
    const start = NestFactory.createApplicationContext(managedModule({ options: { port: 'app' } }), {
      logger: false,
      abortOnError: false,
    });
    await expect(start).rejects.toThrow(`ManagementModule: port is 'app', but the app serves no HTTP.`);
  });

  it('answers until the app has nothing left to close', async () => {
    const answers: string[] = [];

    @Injectable()
    class Drain implements BeforeApplicationShutdown {
      url = '';
      async beforeApplicationShutdown(): Promise<void> {
        answers.push((await send(this.url)).text);
      }
    }

    @Module({ imports: [managedModule({ options: { port: 0 }, pages: [PAGE] })], providers: [Drain] })
    class Draining {}

    const nest = await NestFactory.create(Draining, { logger: false });
    await nest.listen(0, '127.0.0.1');
    const url = `${nest.get(ManagementServer).url}/plain`;
    nest.get(Drain).url = url;
    await nest.close();
    leaveProcess(nest.get(Observations));
    expect(answers).toEqual(['up']);
    await expect(send(url)).rejects.toThrow('ECONNREFUSED');
  });

  it('lets a program end that never closes it', async () => {
    const folder = dirname(fileURLToPath(import.meta.url));
    const [bundle] = (await build({
      configFile: false,
      logLevel: 'silent',
      ssr: { resolve: { conditions: ['crowsnest-source', ...defaultServerConditions] } },
      oxc: { decorator: { legacy: true, emitDecoratorMetadata: true } },
      build: { ssr: `${folder}/unclosed-app.fixture.ts`, write: false, target: 'node22' },
    }).then((output) => [output].flat())) as Rollup.RollupOutput[];
    const child = spawn(process.execPath, ['--input-type=module', '-'], { cwd: folder, timeout: 10_000 });
    child.stdin.end(bundle!.output[0].code);
    const [output, errors, [code, signal]] = await Promise.all([
      text(child.stdout),
      text(child.stderr),
      once(child, 'exit'),
    ]);
    expect({ output, errors, code, signal }).toEqual({ output: 'up', errors: '', code: 0, signal: null });
  });
});
