import { fstatSync, mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, describe, expect, it } from 'vitest';
import { type Line, LoggedApp } from '../logged-app.fixture.js';
import { PricesService } from '../logged-orders.fixture.js';

const folder = mkdtempSync(join(tmpdir(), 'log-'));
afterAll(() => rmSync(folder, { recursive: true }));

const readLines = (file: string): Line[] =>
  readFileSync(file, 'utf8')
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as Line);

/** How many descriptors this process has of a file. */
function descriptorsOf(file: string): number {
  const { ino } = statSync(file);
  return Array.from({ length: 256 }, (_, fd) => inodeOf(fd)).filter((one) => one === ino).length;
}

function inodeOf(fd: number): number | undefined {
  try {
    return fstatSync(fd).ino;
  } catch {
    return undefined;
  }
}

describe('the destination of an app', () => {
  it('is a file that several apps share, line by line, until the last of them has gone and after', async () => {
    const file = join(folder, 'new', 'app.log');
    const logging = { destination: { file } };
    const red = await LoggedApp.start({ name: 'red', logging });
    const blue = await LoggedApp.start({ name: 'blue', logging });
    const loggers = [red, blue].map(({ nest }) => nest.get(PricesService).pino);
    for (let index = 0; index < 1_000; index += 1) for (const logger of loggers) logger.info(`line ${index}`);
    await red.nest.close();
    loggers[0]!.info('red is late');
    await blue.nest.close();
    loggers[0]!.info('red is very late');
    loggers[1]!.info('blue is late');
    const lines = readLines(file);
    for (const name of ['red', 'blue']) {
      const own = lines.filter(({ service, msg }) => service === name && msg.startsWith('line '));
      expect(own.map(({ msg }) => msg)).toEqual(Array.from({ length: 1_000 }, (_, index) => `line ${index}`));
    }
    expect(lines.slice(-3).map(({ msg }) => msg)).toEqual(['red is late', 'red is very late', 'blue is late']);
  });

  it('begins to write before a small buffer is full', async () => {
    const file = join(folder, 'small.log');
    const red = await LoggedApp.start({ logging: { destination: { file }, maxBufferBytes: 32_768 } });
    const { pino } = red.nest.get(PricesService);
    for (let index = 0; index < 10; index += 1) {
      pino.info('x'.repeat(7_000));
      // Long enough for the disk, and shorter than what is left is made to wait.
      await sleep(10);
    }
    await red.nest.close();
    expect(readLines(file).filter(({ msg }) => msg.startsWith('xxx'))).toHaveLength(10);
  });

  it('is closed with the last app', async () => {
    const file = join(folder, 'closed.log');
    const red = await LoggedApp.start({ name: 'red', logging: { destination: { file } } });
    const blue = await LoggedApp.start({ name: 'blue', logging: { destination: { file } } });
    await red.nest.close();
    expect(descriptorsOf(file)).toBe(1);
    await blue.nest.close();
    await expect.poll(() => descriptorsOf(file)).toBe(0);
  });

  it('is refused when two apps want it with different bounds', async () => {
    const destination = { file: join(folder, 'bounds.log') };
    await using _red = await LoggedApp.start({ name: 'red', logging: { destination } });
    await expect(LoggedApp.start({ name: 'blue', logging: { destination, maxBufferBytes: 1_000 } })).rejects.toThrow(
      '"blue" wants {"maxBufferBytes":1000}. Give both apps the same options.',
    );
  });

  it('is refused at the start when its file cannot be written', async () => {
    const destination = { file: '/dev/null/app.log' };
    await expect(LoggedApp.start({ logging: { destination } })).rejects.toThrow(
      /^LoggingModule: the log file \/dev\/null\/app\.log cannot be opened: .* Give a path that may be written\.$/,
    );
  });

  it('gets lines for people when they are asked for', async () => {
    const lines: string[] = [];
    await using app = await LoggedApp.start({
      logging: { pretty: true, destination: { write: (line) => lines.push(line) } },
    });
    await (await app.get('/orders/7')).text();
    await sleep(20);
    const shown = lines.find((line) => line.includes('AccessLog'));
    expect(shown).toMatch(/^\[[\d:.]+\] INFO: \[AccessLog\] GET \/orders\/:id 200 \{.*"request_id":".*\}\n$/);
  });
});
