import { expect, it } from 'vitest';
import { eventually } from '../support/eventually.ts';
import { LAST_PIZZA_ORDER } from '../support/orders.fixture.ts';
import { RunningSamples } from '../support/running-samples.ts';

const IN_FLIGHT = 200;

it('SIGTERM during 200 requests in flight: all are answered, exit code 0, every access line is written', async () => {
  await using samples = await RunningSamples.start();
  const authorization = `Bearer ${await samples.token('alice', 'customer')}`;
  const finish = Promise.withResolvers<void>();
  const requests = Array.from({ length: IN_FLIGHT }, () =>
    fetch(samples.url('order', '/orders'), {
      method: 'POST',
      headers: { 'content-type': 'application/json', authorization },
      body: inTwoParts(JSON.stringify(LAST_PIZZA_ORDER), finish.promise),
      duplex: 'half',
    } as RequestInit),
  );
  await eventually(async () => {
    const active = /^http_server_active_requests\{[^}]*"POST"[^}]*\} (\d+)$/m.exec(await samples.metrics('order'));
    return Number(active?.[1]) === IN_FLIGHT || undefined;
  }, `${IN_FLIGHT} requests in flight`);

  const stopped = samples.apps.get('order')!.stop();
  await eventually(
    () => samples.lines.order.find(({ msg }) => msg === 'SIGTERM received, stopping'),
    'sign of stopping',
  );
  finish.resolve();
  const answers = await Promise.all(requests);

  expect(answers.map(({ status }) => status)).toEqual(Array.from({ length: IN_FLIGHT }, () => 201));
  expect(await stopped).toBe('exit code 0');
  const traceIds = answers.map(({ headers }) => headers.get('x-trace-id')!);
  const logged = new Set(
    samples.lines.order.filter((line) => line.duration_ms !== undefined).map((line) => line.trace_id),
  );
  expect(traceIds.filter((traceId) => !logged.has(traceId))).toEqual([]);
});

/** A body whose end waits, and with it the request. */
function inTwoParts(text: string, finish: Promise<void>): ReadableStream<Uint8Array> {
  return new ReadableStream({
    async start(controller) {
      controller.enqueue(Buffer.from(text.slice(0, 10)));
      await finish;
      controller.enqueue(Buffer.from(text.slice(10)));
      controller.close();
    },
  });
}
