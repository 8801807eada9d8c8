import { ADAPTERS, CALL, GET, placeName } from './scenarios.ts';
import { BASELINE, BY_HAND, SAMPLED, VARIANTS, WHOLE } from './variants.ts';

/** How far bare Nest may seem to be off from itself. */
export const MAX_CONTROL_HALF_WIDTH = 0.05;

/** How much of something is asked of the suite, and with how much it counts as not done. */
interface Bounds {
  /** What is bounded, in words. */
  what: string;
  asked: number;
  atMost: number;
}

/** CPU per request of one variant as a multiple of another one, in one scenario. */
export interface CostLimit extends Omit<Bounds, 'asked'> {
  kind: 'cost';
  /** A figure, or, for what should cost the same, 1 and how far bare Nest seems to be off from itself. */
  asked: number | 'A/A';
  scenario: string;
  variant: string;
  over: string;
}

/** What the start of a variant takes. */
export interface StartLimit extends Bounds {
  kind: 'start';
  variant: string;
  figure: 'cpuRatio' | 'residentOverMb';
}

export type Limit = CostLimit | StartLimit;

function cost(scenario: string, variant: string, over: string, bounds: Pick<CostLimit, 'asked' | 'atMost'>): CostLimit {
  return { kind: 'cost', what: `${scenario}: ${variant} over ${over}`, scenario, variant, over, ...bounds };
}

/** What is set to `false` costs what it costs where it is not even imported. */
const twins = VARIANTS.flatMap(({ name, runtime, twin }) =>
  twin === undefined
    ? []
    : ADAPTERS.map((adapter) =>
        cost(`${placeName({ runtime, adapter })} ${GET}`, name, twin, {
          asked: 'A/A',
          atMost: 1 + MAX_CONTROL_HALF_WIDTH,
        }),
      ),
);

/** What is asked of the suite, with all six patterns on and every trace sampled unless a line says otherwise. */
export const LIMITS: readonly Limit[] = [
  cost('Express GET', WHOLE, BASELINE, { asked: 2, atMost: 2.5 }),
  cost('Fastify GET', WHOLE, BASELINE, { asked: 2, atMost: 2.5 }),
  cost('Express POST', WHOLE, BASELINE, { asked: 2, atMost: 2.5 }),
  cost('Fastify POST', WHOLE, BASELINE, { asked: 2, atMost: 2.5 }),
  cost(`Express ${CALL}`, WHOLE, BASELINE, { asked: 1.4, atMost: 1.6 }),
  cost(`Fastify ${CALL}`, WHOLE, BASELINE, { asked: 1.4, atMost: 1.6 }),
  cost('Express GET', SAMPLED, BASELINE, { asked: 1.6, atMost: 2 }),
  cost('Fastify GET', SAMPLED, BASELINE, { asked: 1.6, atMost: 2 }),
  cost('Express GET', WHOLE, BY_HAND, { asked: 1 / 4, atMost: 1 / 3 }),
  cost('Fastify GET', WHOLE, BY_HAND, { asked: 1 / 4, atMost: 1 / 3 }),
  cost('Nest 11 Express GET', WHOLE, BY_HAND, { asked: 1 / 8, atMost: 1 / 5 }),
  cost('Nest 11 Fastify GET', WHOLE, BY_HAND, { asked: 1 / 8, atMost: 1 / 5 }),
  ...twins,
  {
    kind: 'start',
    what: `start: CPU until ${WHOLE} listens, over ${BASELINE}`,
    variant: WHOLE,
    figure: 'cpuRatio',
    asked: 1.5,
    atMost: 2,
  },
  {
    kind: 'start',
    what: `start: MB that ${WHOLE} holds, more than ${BASELINE}`,
    variant: WHOLE,
    figure: 'residentOverMb',
    asked: 60,
    atMost: 90,
  },
];

/** How many times its first figure the CPU of a request may be after a million of them. */
export const MAX_GROWTH = 1.1;
/** By how much the heap may differ after a million requests. */
export const MAX_HEAP_GROWTH_MB = 10;
/** How many times the committed cost the suite may have before a change is refused. */
export const MAX_REGRESSION = 1.15;
