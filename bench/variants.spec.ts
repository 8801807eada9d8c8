import { describe, expect, it } from 'vitest';
import { ADAPTERS, ROUTES, SCENARIOS } from './scenarios.ts';
import { ServerProcess } from './server-process.ts';
import { BASELINE, CONTROL, SUMMARY, takesPart, type Variant, VARIANTS } from './variants.ts';

const to = { otlpUrl: 'http://127.0.0.1:1/v1/traces' };

function variant(name: string): Variant {
  return VARIANTS.find((each) => each.name === name)!;
}

async function metricsUrlOf({ app, options }: Variant): Promise<[ServerProcess, string]> {
  const server = await ServerProcess.start({ app, adapter: 'express', options: options(to) }, []);
  return [server, server.metricsUrl!];
}

async function patternsOf(name: string): Promise<Record<string, boolean>> {
  const [process, metricsUrl] = await metricsUrlOf(variant(name));
  await using _server = process;
  const response = await fetch(new URL('/info', metricsUrl));
  return ((await response.json()) as { patterns: Record<string, boolean> }).patterns;
}

function mapped<T>(keys: object, value: T): Record<string, T> {
  return Object.fromEntries(Object.keys(keys).map((key) => [key, value]));
}

describe('the variants', () => {
  it('switch every pattern on in one, and all others off in the variant of one', async () => {
    const all = await patternsOf('the whole suite');
    expect(Object.values(all)).not.toContain(false);
    for (const name of Object.keys(all)) expect(VARIANTS.map((each) => each.name)).toContain(`${name} alone`);
    expect(await patternsOf('tracing alone')).toEqual({ ...mapped(all, false), tracing: true });
    expect(await patternsOf('all six false')).toEqual(mapped(all, false));
    expect(await patternsOf('metrics: false')).toEqual({ ...mapped(all, true), metrics: false });
  });

  it.each([
    ['tracing', '/observations'],
    ['metrics', '/metrics'],
    ['health', '/health'],
    ['logging', '/loggers'],
    ['exceptions', '/exceptions'],
    ['audit', '/audit'],
  ])('leave %s out altogether where its module is not imported, and have the others', async (name, page) => {
    const [process, metricsUrl] = await metricsUrlOf(variant(`no ${name} module`));
    await using _server = process;
    const pages = ['/observations', '/metrics', '/health', '/loggers', '/exceptions', '/audit'];
    const statuses = await Promise.all(pages.map(async (path) => (await fetch(new URL(path, metricsUrl))).status));
    expect(statuses).toEqual(pages.map((path) => (path === page ? 404 : 200)));
  });

  it('have a baseline and its control in every scenario that anybody takes part in', () => {
    for (const variants of [VARIANTS, SUMMARY]) {
      for (const scenario of SCENARIOS) {
        const names = variants.filter((each) => takesPart(each, scenario)).map(({ name }) => name);
        if (names.length === 0) continue;
        expect(names).toEqual(expect.arrayContaining([BASELINE, CONTROL]));
        expect(names.length).toBe(new Set(names).size);
        expect(names.length).toBeGreaterThan(2);
      }
    }
  });

  it('have twins that are measured where they are', () => {
    const twins = VARIANTS.filter(({ twin }) => twin !== undefined);
    expect(twins.length).toBeGreaterThan(2);
    for (const { name, twin, routes, runtime } of twins) {
      const other = VARIANTS.find((each) => each.name === twin && each.runtime === runtime);
      expect([name, routes.filter((each) => !other?.routes.includes(each))]).toEqual([name, []]);
    }
  });

  it('are measured on Express and Fastify, on each route, and on both major versions of Nest', () => {
    const places = SCENARIOS.filter((scenario) => VARIANTS.some((each) => takesPart(each, scenario)));
    expect(new Set(places.map(({ adapter }) => adapter))).toEqual(new Set(ADAPTERS));
    expect(new Set(places.map(({ route }) => route))).toEqual(new Set(ROUTES));
    expect(new Set(places.map(({ runtime }) => runtime))).toEqual(new Set(['Nest 12', 'Nest 11']));
  });
});
