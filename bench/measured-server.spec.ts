import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openDownstream } from './downstream.ts';
import type { LoopbackServer } from './loopback-server.ts';
import { MeasuredServer } from './measured-server.ts';
import { AUDITED, type BenchRoute, CALL, GET, POST, ROUTES } from './scenarios.ts';
import { ServerProcess } from './server-process.ts';
import { SpanReceiver } from './sinks/span-receiver.ts';
import { type Variant, VARIANTS, type Work } from './variants.ts';

const REQUESTS = 512;
const route = (name: string): BenchRoute => ROUTES.find((each) => each.name === name)!;
const variant = (name: string): Variant => VARIANTS.find((each) => each.name === name)!;

const bare = variant('bare Nest');
const suite = variant('the whole suite');

let downstream: LoopbackServer;
let spans: SpanReceiver;
let server: ServerProcess;

async function start({ app, options }: Variant): Promise<ServerProcess> {
  const downstreamUrl = downstream.url('/stock');
  return ServerProcess.start({ app, adapter: 'fastify', options: options({ otlpUrl: spans.url }), downstreamUrl }, []);
}

beforeAll(async () => {
  downstream = await openDownstream();
  spans = await SpanReceiver.open();
  server = await start(suite);
});

afterAll(async () => {
  await server?.[Symbol.asyncDispose]();
  await spans?.[Symbol.asyncDispose]();
  await downstream?.[Symbol.asyncDispose]();
});

describe('MeasuredServer', () => {
  it('tells the CPU per request of a server that did all of its work, and refuses one that did not', async () => {
    const measured = new MeasuredServer(suite, server, spans);
    for (const each of ROUTES) expect(await measured.measure(each, REQUESTS)).toBeGreaterThan(1);
    await measured.checkSamples();

    await fetch(server.url + route(GET).path);
    const answered = ROUTES.length * REQUESTS;
    await expect(measured.checkSamples()).rejects.toThrow(`${answered} requests left ${answered + 1} samples`);
  });

  it('refuses a server that answers something else', async () => {
    const measured = new MeasuredServer(suite, server, spans);
    const get = route(GET);
    await expect(measured.measure({ ...get, answer: '{}' }, REQUESTS)).rejects.toThrow('with another body');
    await expect(measured.measure({ ...get, path: '/nowhere' }, REQUESTS)).rejects.toThrow('without');
  });

  it.each<[Work, string]>([
    ['access lines', GET],
    ['spans', POST],
    ['audit records', AUDITED],
  ])('refuses a variant that does without its %s', async (work, name) => {
    await using process = await start(bare);
    const measured = new MeasuredServer({ ...bare, work: [work] }, process, spans, 500);
    const refusal = `${REQUESTS} requests left 0 ${work} behind`;
    await expect(measured.measure(route(name), REQUESTS)).rejects.toThrow(refusal);
  });

  it('refuses a variant that leaves out the span of the call that a request makes', async () => {
    const measured = new MeasuredServer({ ...suite, work: ['spans'] }, server, spans, 3_000);
    const tooMany = { ...route(CALL), calls: 2 };
    const refusal = `${REQUESTS} requests left ${2 * REQUESTS} spans behind and not ${3 * REQUESTS}`;
    await expect(measured.measure(tooMany, REQUESTS)).rejects.toThrow(refusal);
  });

  it('wants a span of each request that was sampled, and no other', async () => {
    const sampled = variant('the whole suite, 10 % sampled');
    await using process = await start(sampled);
    const before = spans.count;
    expect(await new MeasuredServer(sampled, process, spans).measure(route(GET), REQUESTS)).toBeGreaterThan(1);
    expect(spans.count - before).toBeGreaterThan(0);
    expect(spans.count - before).toBeLessThan(REQUESTS / 2);

    const unsampled = new MeasuredServer({ ...sampled, work: ['spans'] }, process, spans, 500);
    await expect(unsampled.measure(route(GET), REQUESTS)).rejects.toThrow('spans behind');
  });

  it('counts spans that come as protobuf', async () => {
    const binary: Variant = {
      ...variant('tracing alone'),
      options: ({ otlpUrl }) => ({ management: false, tracing: { otlp: { url: otlpUrl, protocol: 'http/protobuf' } } }),
    };
    await using process = await start(binary);
    expect(await new MeasuredServer(binary, process, spans).measure(route(GET), REQUESTS)).toBeGreaterThan(1);
  });
});
