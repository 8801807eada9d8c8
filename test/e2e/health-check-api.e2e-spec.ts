import { setTimeout as sleep } from 'node:timers/promises';
import { expect, it } from 'vitest';
import { startPostgres } from '../../tools/embedded-postgres.ts';
import { eventually } from '../support/eventually.ts';
import { RunningSamples, type SampleName } from '../support/running-samples.ts';

/** How old a result may be, how long a check may take, and how late a busy machine may be. */
const WITHIN_MS = 1_000 + 1_000 + 500;

interface Report {
  status: string;
  details: Record<string, { status: string; message?: string }>;
}

it('the database stopped: not ready in time but alive, and ready again in time when it is back', async () => {
  await using samples = await RunningSamples.start();
  const { database } = samples;
  const pids = [...samples.apps.values()].map(({ pid }) => pid);
  const texts: string[] = [];
  const ask = async (name: SampleName, path: string): Promise<{ status: number; text: string }> => {
    const response = await fetch(samples.url(name, path));
    const text = await response.text();
    texts.push(text);
    return { status: response.status, text };
  };
  const report = async (name: SampleName): Promise<Report> => {
    const text = await (await fetch(samples.managementUrl(name, '/health/ready'))).text();
    texts.push(text);
    return JSON.parse(text) as Report;
  };
  const timeUntil = async (status: number): Promise<number> => {
    const begin = performance.now();
    await eventually(
      async () => ((await ask('order', '/health/ready')).status === status ? true : undefined),
      `${status}`,
    );
    return performance.now() - begin;
  };

  const isWell = async (name: SampleName): Promise<true | undefined> =>
    (await ask(name, '/health/ready')).text === '{"status":"ok"}' || undefined;

  // The gateway may have asked before the order service was there.
  await eventually(() => isWell('gateway'), 'gateway that is well');
  for (const path of ['/health', '/health/live', '/health/ready', '/health/startup']) {
    expect(await ask('order', path)).toEqual({ status: 200, text: '{"status":"ok"}' });
    expect(await ask('gateway', path)).toEqual({ status: 200, text: '{"status":"ok"}' });
  }
  expect((await report('order')).details).toMatchObject({ database: { status: 'up' } });

  await database.stop();
  expect(await timeUntil(503)).toBeLessThan(WITHIN_MS);
  expect(await ask('order', '/health/ready')).toEqual({ status: 503, text: '{"status":"error"}' });
  expect(await ask('order', '/health/live')).toEqual({ status: 200, text: '{"status":"ok"}' });
  expect(await report('order')).toMatchObject({ status: 'error', details: { database: { status: 'down' } } });
  await sleep(WITHIN_MS);
  expect(await ask('gateway', '/health/ready')).toEqual({ status: 200, text: '{"status":"degraded"}' });
  expect((await report('gateway')).details).toMatchObject({ order: { status: 'down', statusCode: 503 } });
  expect(await samples.metrics('order')).toContain('health_check_status{check="database"} 0');

  await using _again = await startPostgres({ dataDir: database.dataDir, port: database.port, say: () => undefined });
  expect(await timeUntil(200)).toBeLessThan(WITHIN_MS);
  expect((await report('order')).details).toMatchObject({ database: { status: 'up' } });
  await sleep(WITHIN_MS);
  expect((await ask('gateway', '/health/ready')).text).toBe('{"status":"ok"}');
  expect(await samples.metrics('order')).toContain('health_check_status{check="database"} 1');

  expect([...samples.apps.values()].map(({ pid }) => pid)).toEqual(pids);
  const changes = samples.lines.order.filter(({ context }) => context === 'Health').map(({ msg }) => msg);
  expect(changes).toEqual(['database is down', 'database is up again']);
  const told = [...texts, ...samples.lines.order.map((line) => JSON.stringify(line))].join('\n');
  expect(told).not.toContain(new URL(database.url).password);
  expect(told).not.toContain(`:${database.port}`);
  // Requests to the pages are nobody's traffic.
  const paths = samples.lines.order.flatMap((line) => (line as { 'url.path'?: string })['url.path'] ?? []);
  expect(paths.filter((path) => path.startsWith('/health'))).toEqual([]);
}, 60_000);
