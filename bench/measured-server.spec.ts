import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { MeasuredServer } from './measured-server.ts';
import { ROUTES } from './scenarios.ts';
import { ServerProcess } from './server-process.ts';
import { SpanReceiver } from './sinks/span-receiver.ts';
import { type Variant, VARIANTS } from './variants.ts';

const REQUESTS = 512;
const [get, post] = ROUTES as [(typeof ROUTES)[number], (typeof ROUTES)[number]];
const suite = VARIANTS.find(({ work }) => work.includes('samples') && work.includes('spans'))!;

let spans: SpanReceiver;
let server: ServerProcess;

beforeAll(async () => {
  spans = await SpanReceiver.open();
  const options = suite.options({ otlpUrl: spans.url });
  server = await ServerProcess.start({ app: suite.app, adapter: 'fastify', options }, []);
});

afterAll(async () => {
  await server?.[Symbol.asyncDispose]();
  await spans?.[Symbol.asyncDispose]();
});

describe('MeasuredServer', () => {
  it('tells the CPU per request of a server that did all of its work, and refuses one that did not', async () => {
    const measured = new MeasuredServer(suite, server, spans);
    expect(await measured.measure(get, REQUESTS)).toBeGreaterThan(1);
    expect(await measured.measure(post, REQUESTS)).toBeGreaterThan(1);
    await measured.checkSamples();

    await fetch(server.url + get.path);
    await expect(measured.checkSamples()).rejects.toThrow(`${2 * REQUESTS} requests left ${2 * REQUESTS + 1} samples`);
  });

  it('refuses a server that answers something else', async () => {
    const measured = new MeasuredServer(suite, server, spans);
    await expect(measured.measure({ ...get, answer: '{}' }, REQUESTS)).rejects.toThrow('with another body');
    await expect(measured.measure({ ...get, path: '/nowhere' }, REQUESTS)).rejects.toThrow('without');
  });

  it.each(['access lines', 'spans'] as const)('refuses a variant that does without its %s', async (work) => {
    await using bare = await ServerProcess.start({ app: 'bare', adapter: 'express', options: {} }, []);
    const variant: Variant = { name: 'idle', app: 'bare', options: () => ({}), work: [work] };
    const measured = new MeasuredServer(variant, bare, spans, 500);
    await expect(measured.measure(get, REQUESTS)).rejects.toThrow(`${REQUESTS} requests left 0 ${work} behind`);
  });
});
