import type { Sampler } from '@opentelemetry/sdk-trace';

/** Every trace, none, or a share of them between 0 and 1, chosen by the trace id so that all services choose alike. */
export type Sampling = 'always' | 'never' | { readonly ratio: number };

type Samplers = Pick<
  typeof import('@opentelemetry/sdk-trace'),
  'AlwaysOffSampler' | 'AlwaysOnSampler' | 'ParentBasedSampler' | 'TraceIdRatioBasedSampler'
>;

/** The SDK's sampler for an option; without one the SDK follows the standard variables. */
export function samplerOf(sampling: Sampling | undefined, sdk: Samplers): Sampler | undefined {
  if (sampling === undefined) return undefined;
  return new sdk.ParentBasedSampler({ root: rootSamplerOf(sampling, sdk) });
}

function rootSamplerOf(sampling: Sampling, sdk: Samplers): Sampler {
  if (sampling === 'always') return new sdk.AlwaysOnSampler();
  if (sampling === 'never') return new sdk.AlwaysOffSampler();
  return new sdk.TraceIdRatioBasedSampler(sampling.ratio);
}

export function checkSampling(sampling: unknown): void {
  if (sampling === undefined || sampling === 'always' || sampling === 'never') return;
  const ratio = (sampling as { ratio?: unknown } | null)?.ratio;
  if (typeof ratio === 'number' && ratio >= 0 && ratio <= 1) return;
  throw new Error(
    `TracingModule: sampling is ${JSON.stringify(sampling)}. Use 'always', 'never' or { ratio: 0.1 } with a number from 0 to 1.`,
  );
}
