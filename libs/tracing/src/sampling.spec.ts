import * as sdk from '@opentelemetry/sdk-trace';
import { expect, it } from 'vitest';
import { type Sampling, samplerOf } from './sampling.js';

function choose(sampling: Sampling | undefined, sampler?: string, argument?: string): [string, string[]] {
  const warnings: string[] = [];
  const env = { OTEL_TRACES_SAMPLER: sampler, OTEL_TRACES_SAMPLER_ARG: argument };
  const chosen = samplerOf(sampling, sdk, (message) => warnings.push(message), env);
  return [chosen.toString(), warnings];
}

const BELOW_PARENT = (root: string): string => new RegExp(`^ParentBased\\{root=${root},`).source;

it.each<[Sampling, string]>([
  ['always', 'AlwaysOnSampler'],
  ['never', 'AlwaysOffSampler'],
  [{ ratio: 0.25 }, 'TraceIdRatioBased\\{0.25\\}'],
])('makes of %j a sampler that follows the caller, whatever the variables say', (sampling, root) => {
  const [chosen, warnings] = choose(sampling, 'always_off');
  expect(chosen).toMatch(new RegExp(BELOW_PARENT(root)));
  expect(warnings).toEqual([]);
});

it.each([
  [undefined, undefined, BELOW_PARENT('AlwaysOnSampler')],
  ['', '', BELOW_PARENT('AlwaysOnSampler')],
  ['always_on', undefined, '^AlwaysOnSampler$'],
  ['always_off', undefined, '^AlwaysOffSampler$'],
  ['traceidratio', '0.5', '^TraceIdRatioBased\\{0.5\\}$'],
  ['parentbased_always_on', undefined, BELOW_PARENT('AlwaysOnSampler')],
  ['parentbased_always_off', undefined, BELOW_PARENT('AlwaysOffSampler')],
  ['parentbased_traceidratio', ' 0.1 ', BELOW_PARENT('TraceIdRatioBased\\{0.1\\}')],
  ['parentbased_traceidratio', undefined, BELOW_PARENT('TraceIdRatioBased\\{1\\}')],
])('reads OTEL_TRACES_SAMPLER=%s with the argument %s', (sampler, argument, expected) => {
  const [chosen, warnings] = choose(undefined, sampler, argument);
  expect(chosen).toMatch(new RegExp(expected));
  expect(warnings).toEqual([]);
});

it.each([
  ['sometimes', undefined, 'AlwaysOnSampler', 'OTEL_TRACES_SAMPLER is "sometimes"'],
  ['parentbased_', undefined, 'AlwaysOnSampler', 'OTEL_TRACES_SAMPLER is "parentbased_"'],
  ['parentbased_traceidratio', '10%', 'TraceIdRatioBased\\{1\\}', 'OTEL_TRACES_SAMPLER_ARG is "10%"'],
  ['parentbased_traceidratio', '2', 'TraceIdRatioBased\\{1\\}', 'OTEL_TRACES_SAMPLER_ARG is "2"'],
])('samples all and says why for %s with the argument %s', (sampler, argument, root, complaint) => {
  const [chosen, warnings] = choose(undefined, sampler, argument);
  expect(chosen).toMatch(new RegExp(BELOW_PARENT(root)));
  expect(warnings).toEqual([expect.stringContaining(complaint)]);
});
