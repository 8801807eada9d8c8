import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { eventually } from '../support/eventually.ts';
import { endingApp } from '../support/json-process.ts';
import { LAST_PIZZA_ORDER } from '../support/orders.fixture.ts';
import { ReportReceiver } from '../support/report-receiver.ts';
import { RunningSamples } from '../support/running-samples.ts';

const END_MS = 3_000;
const FATAL = 60;

describe('an exception that nobody handled', () => {
  it('is told once to Sentry and once to Honeybadger, with the trace id that the client was given', async () => {
    await using receiver = await ReportReceiver.start();
    await using app = endingApp('politely', receiver.env);
    const response = await fetch(`${await app.url()}/bug`);
    const traceId = response.headers.get('x-trace-id');
    expect([response.status, traceId]).toEqual([500, expect.stringMatching(/^[0-9a-f]{32}$/)]);
    await eventually(() => (receiver.exceptions.length >= 2 ? true : undefined), 'second report');
    app.kill('SIGTERM');
    expect(await app.ended).toEqual([0, null]);
    for (const to of ['sentry', 'honeybadger'] as const) {
      expect(receiver.to(to)).toEqual([{ to, type: 'TypeError', message: 'the barrel is undefined', traceId }]);
    }
  });

  it('makes one issue of the order service that counts and that a person resolves', async () => {
    await using samples = await RunningSamples.start();
    const placed = await samples.send('alice', 'POST', '/api/orders', LAST_PIZZA_ORDER);
    const { id } = (await placed.json()) as { id: string };
    const operate = (path: string, method: string, body?: object): Promise<Response> =>
      fetch(samples.managementUrl('order', path), {
        method,
        headers: { 'content-type': 'application/json' },
        body: body && JSON.stringify(body),
      });
    const issues = async (): Promise<Record<string, unknown>[]> => {
      const page = (await (await operate('/exceptions', 'GET')).json()) as { items: Record<string, unknown>[] };
      return page.items;
    };
    const read = async (): Promise<string> => {
      const response = await samples.send('alice', 'GET', `/api/orders/${id}`);
      expect([response.status, await response.text()]).toEqual([500, expect.not.stringMatching(/TypeError|\bat \w+/)]);
      return response.headers.get('x-trace-id')!;
    };
    const counted = (count: number): Promise<Record<string, unknown>> =>
      eventually(async () => (await issues()).find((issue) => issue['count'] === count), `issue with count ${count}`);

    await operate('/faults/bug', 'PUT', { enabled: true });
    const first = await read();
    expect(await counted(1)).toMatchObject({ type: 'TypeError', state: 'new', traceIds: [first] });
    const second = await read();
    const issue = await counted(2);
    expect([issue['traceIds'], (await issues()).length]).toEqual([[second, first], 1]);

    const resolved = await operate(`/exceptions/${String(issue['id'])}/resolve`, 'POST');
    expect(await resolved.json()).toMatchObject({ state: 'resolved' });
    await read();
    expect(await counted(3)).toMatchObject({ state: 'regressed' });
    await operate('/faults/bug', 'PUT', { enabled: false });
  });
});

describe('an exception that nobody caught', () => {
  it.each(['crash', 'reject'])('is told once to each, and exits 1 within 3 s (%s)', async (path) => {
    await using receiver = await ReportReceiver.start();
    await using app = endingApp('abruptly', receiver.env);
    const response = await fetch(`${await app.url()}/${path}`);
    const startMark = performance.now();
    expect(await app.ended).toEqual([1, null]);
    expect(performance.now() - startMark).toBeLessThan(END_MS);
    const traceId = response.headers.get('x-trace-id');
    for (const to of ['sentry', 'honeybadger'] as const) {
      expect(receiver.to(to)).toEqual([expect.objectContaining({ to, type: 'RangeError', traceId })]);
    }
    expect(app.lines.filter(({ level }) => level === FATAL)).toHaveLength(1);
  });

  it('exits 1 within 3 s also when nobody answers the reports', async () => {
    await using receiver = await ReportReceiver.start();
    receiver.isSilent = true;
    await using app = endingApp('abruptly', receiver.env);
    await fetch(`${await app.url()}/crash`);
    const startMark = performance.now();
    expect(await app.ended).toEqual([1, null]);
    expect(performance.now() - startMark).toBeLessThan(END_MS);
  });

  it('leaves a process with the two packages as they come alive, which is why there is one policy', async () => {
    await using receiver = await ReportReceiver.start();
    const app = spawn(process.execPath, [join(import.meta.dirname, '../support/apps/stock-reporters.mjs')], {
      env: { ...process.env, ...receiver.env },
      stdio: ['ignore', 'pipe', 'ignore'],
    });
    const ended = once(app, 'close');
    try {
      await once(app.stdout, 'data');
      expect(await Promise.race([ended, sleep(END_MS, 'alive')])).toBe('alive');
    } finally {
      app.kill('SIGKILL');
      await ended;
    }
  });
});
