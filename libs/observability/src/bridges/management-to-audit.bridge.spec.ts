import { NestFactory } from '@nestjs/core';
import { describe, expect, it, vi } from 'vitest';
import { MemoryStore } from '#audit';
import { ManagementServer } from '#management';
import { leaveProcess, Observations } from '#observation';
import { ObservabilityModule } from '../observability.module.js';

describe('ManagementToAuditBridge', () => {
  it('records what operators change, what they get wrong and what they are refused', async () => {
    const store = new MemoryStore();
    const options = {
      audit: { store },
      management: { port: 0, token: 'a-token-of-operators' },
      logging: { destination: { write() {} } },
    };
    const app = await NestFactory.createApplicationContext(ObservabilityModule.forRoot(options), { logger: false });
    const change = (body: unknown, token = 'a-token-of-operators') =>
      fetch(`${app.get(ManagementServer).url}/loggers/orders`, {
        method: 'POST',
        headers: { 'content-type': 'application/json', authorization: `Bearer ${token}` },
        body: JSON.stringify(body),
      });
    expect((await change({ level: 'debug' })).status).toBe(200);
    expect((await change({ level: 'loud' })).status).toBe(400);
    for (let guess = 0; guess < 20; guess++) expect((await change({ level: 'trace' }, 'a-guess')).status).toBe(401);
    await vi.waitUntil(() => store.records.length === 3);

    const page = { actor: { id: 'operator@127.0.0.1' }, targets: [{ type: 'management.page', id: '/loggers/orders' }] };
    expect(store.records.map(({ record }) => record)).toMatchObject([
      {
        ...page,
        event: 'management.post',
        outcome: 'success',
        change: { patch: [{ op: 'add', path: '/level', value: 'debug' }] },
      },
      { ...page, outcome: 'failure', reason: 'answered 400' },
      { ...page, outcome: 'denied', reason: 'answered 401' },
    ]);
    expect(store.records[2]!.record.change).toBeUndefined();
    // Guessing on fills no log.
    expect(store.records).toHaveLength(3);
    await app.close();
    leaveProcess(app.get(Observations));
  });
});
