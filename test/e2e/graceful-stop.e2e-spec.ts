import { expect, it } from 'vitest';
import { LAST_PIZZA_ORDER } from '../support/orders.fixture.ts';
import { RunningSamples } from '../support/running-samples.ts';

const IN_FLIGHT = 200;

it('SIGTERM during 200 requests in flight: all are answered, exit code 0, every access line is written', async () => {
  await using samples = await RunningSamples.start();
  const token = await samples.token('alice', 'customer');
  const slow = await fetch(samples.managementUrl('order', '/faults/slow-database'), {
    method: 'PUT',
    headers: { 'content-type': 'application/json' },
    body: '{"enabled":true}',
  });
  expect(slow.status).toBe(200);

  const requests = Array.from({ length: IN_FLIGHT }, () =>
    fetch(samples.url('order', '/orders'), {
      method: 'POST',
      headers: { 'content-type': 'application/json', authorization: `Bearer ${token}` },
      body: JSON.stringify(LAST_PIZZA_ORDER),
    }),
  );
  await untilInFlight(samples, IN_FLIGHT);
  const stopped = samples.apps.get('order')!.stop();
  const answers = await Promise.all(requests);

  expect(answers.map(({ status }) => status)).toEqual(Array.from({ length: IN_FLIGHT }, () => 201));
  expect(await stopped).toBe('exit code 0');
  const traceIds = answers.map(({ headers }) => headers.get('x-trace-id')!);
  const logged = new Set(
    samples.lines.order.filter((line) => line.duration_ms !== undefined).map((line) => line.trace_id),
  );
  expect(traceIds.filter((traceId) => !logged.has(traceId))).toEqual([]);
});

async function untilInFlight(samples: RunningSamples, count: number): Promise<void> {
  for (;;) {
    const page = await samples.metrics('order');
    const active = /^http_server_active_requests\{[^}]*http_request_method="POST"[^}]*\} (\d+)$/m.exec(page);
    if (Number(active?.[1]) >= count) return;
  }
}
