import type { Sampler } from '@opentelemetry/sdk-trace';

/** Every trace, none, or a share of them between 0 and 1, chosen by the trace id so that all services choose alike. */
export type Sampling = 'always' | 'never' | { readonly ratio: number };

type Samplers = Pick<
  typeof import('@opentelemetry/sdk-trace'),
  'AlwaysOffSampler' | 'AlwaysOnSampler' | 'ParentBasedSampler' | 'TraceIdRatioBasedSampler'
>;

const DEFAULT_SAMPLER = 'parentbased_always_on';
/** The names that OpenTelemetry's specification gives to the samplers every SDK has. */
const PARENT_BASED = 'parentbased_';

/** The sampler for an option; without one, the sampler that the standard variables name. */
export function samplerOf(
  sampling: Sampling | undefined,
  sdk: Samplers,
  warn: (message: string) => void,
  env: NodeJS.ProcessEnv = process.env,
): Sampler {
  return sampling === undefined
    ? samplerOfVariables(env, sdk, warn)
    : new sdk.ParentBasedSampler({ root: rootSamplerOf(sampling, sdk) });
}

function rootSamplerOf(sampling: Sampling, sdk: Samplers): Sampler {
  if (sampling === 'always') return new sdk.AlwaysOnSampler();
  if (sampling === 'never') return new sdk.AlwaysOffSampler();
  return new sdk.TraceIdRatioBasedSampler(sampling.ratio);
}

/** A value that is none is told and replaced, as the specification asks: a service starts without its traces, too. */
function samplerOfVariables(env: NodeJS.ProcessEnv, sdk: Samplers, warn: (message: string) => void): Sampler {
  const wanted = env['OTEL_TRACES_SAMPLER']?.trim() || DEFAULT_SAMPLER;
  const samplings: Record<string, () => Sampling> = {
    always_on: () => 'always',
    always_off: () => 'never',
    traceidratio: () => ({ ratio: ratioOfVariable(env, warn) }),
  };
  const name = wanted.startsWith(PARENT_BASED) ? wanted.slice(PARENT_BASED.length) : wanted;
  const sampling = Object.hasOwn(samplings, name) ? samplings[name]!() : undefined;
  if (sampling === undefined) {
    warn(`TracingModule: OTEL_TRACES_SAMPLER is "${wanted}", which is no sampler. ${DEFAULT_SAMPLER} is used.`);
    return new sdk.ParentBasedSampler({ root: new sdk.AlwaysOnSampler() });
  }
  const root = rootSamplerOf(sampling, sdk);
  return wanted.startsWith(PARENT_BASED) ? new sdk.ParentBasedSampler({ root }) : root;
}

function ratioOfVariable(env: NodeJS.ProcessEnv, warn: (message: string) => void): number {
  const text = env['OTEL_TRACES_SAMPLER_ARG']?.trim() ?? '';
  const ratio = Number(text);
  if (text !== '' && ratio >= 0 && ratio <= 1) return ratio;
  if (text !== '') warn(`TracingModule: OTEL_TRACES_SAMPLER_ARG is "${text}" and no number from 0 to 1. 1 is used.`);
  return 1;
}

export function checkSampling(sampling: unknown): void {
  if (sampling === undefined || sampling === 'always' || sampling === 'never') return;
  const ratio = (sampling as { ratio?: unknown } | null)?.ratio;
  if (typeof ratio === 'number' && ratio >= 0 && ratio <= 1) return;
  throw new Error(
    `TracingModule: sampling is ${JSON.stringify(sampling)}. Use 'always', 'never' or { ratio: 0.1 } with a number from 0 to 1.`,
  );
}
