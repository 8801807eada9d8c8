const PROPAGATORS = ['tracecontext', 'baggage', 'b3', 'b3multi', 'none'] as const;

/** A format of trace headers, by the name that OTEL_PROPAGATORS gives it. */
export type PropagatorName = (typeof PROPAGATORS)[number];

const DEFAULT: readonly PropagatorName[] = ['tracecontext', 'baggage'];

/** The formats to send: those of the option, otherwise those of OTEL_PROPAGATORS that are known, otherwise W3C's. */
export function propagatorsOf(
  option: readonly PropagatorName[] | undefined,
  env: NodeJS.ProcessEnv,
  warn: (message: string) => void,
): ReadonlySet<PropagatorName> {
  const names = option ?? fromEnvironment(env['OTEL_PROPAGATORS'] ?? '', warn);
  return new Set(names.includes('none') ? [] : names);
}

/** The variable is often set for a whole platform, so what is not known here is left out, as its specification asks. */
function fromEnvironment(text: string, warn: (message: string) => void): readonly PropagatorName[] {
  const names = text
    .split(',')
    .map((name) => name.trim())
    .filter((name) => name !== '');
  if (names.length === 0) return DEFAULT;
  const unknown = names.filter((name) => !isPropagator(name));
  if (unknown.length > 0) {
    warn(`OTEL_PROPAGATORS names ${unknown.join(', ')}, which is left out. Known are ${PROPAGATORS.join(', ')}.`);
  }
  return names.filter(isPropagator);
}

function isPropagator(name: string): name is PropagatorName {
  return (PROPAGATORS as readonly string[]).includes(name);
}

export function checkPropagators(names: unknown): void {
  if (names === undefined) return;
  const wrong = Array.isArray(names) ? names.find((name) => !isPropagator(String(name))) : names;
  if (wrong === undefined) return;
  throw new Error(`TracingModule: propagators has ${JSON.stringify(wrong)}. Give a list of ${PROPAGATORS.join(', ')}.`);
}
