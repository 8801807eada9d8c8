import { expect, it } from 'vitest';
import { ServerProcess } from './server-process.ts';
import { VARIANTS } from './variants.ts';

const to = { otlpUrl: 'http://127.0.0.1:1/v1/traces' };

async function patternsOf(name: string): Promise<Record<string, boolean>> {
  const variant = VARIANTS.find((each) => each.name === name)!;
  await using server = await ServerProcess.start({ ...variant, adapter: 'express', options: variant.options(to) }, []);
  const response = await fetch(new URL('/info', server.metricsUrl));
  return ((await response.json()) as { patterns: Record<string, boolean> }).patterns;
}

it('switches every pattern of the suite on in one variant, and all others off in the variant of one', async () => {
  const all = await patternsOf('the whole suite');
  expect(Object.values(all)).not.toContain(false);
  for (const name of Object.keys(all)) expect(VARIANTS.map((variant) => variant.name)).toContain(`${name} alone`);
  expect(await patternsOf('tracing alone')).toEqual({ ...mapped(all, false), tracing: true });
});

function mapped<T>(keys: object, value: T): Record<string, T> {
  return Object.fromEntries(Object.keys(keys).map((key) => [key, value]));
}
