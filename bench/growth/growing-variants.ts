import { BASELINE, type Variant, VARIANTS, WHOLE } from '../variants.ts';

/** How an app grows: what `bench/src/growing.controller.ts` is told. */
export interface Growth {
  requestsPerSeries: number;
  maxSeries: number;
  requestsPerRecord: number;
}

const bare = VARIANTS.find(({ name }) => name === BASELINE)!;
const whole = VARIANTS.find(({ name }) => name === WHOLE)!;

export const GROWING_BARE: Variant = { ...bare, name: 'growing bare Nest', app: 'growing-bare' };
export const GROWING_SUITE: Variant = {
  ...whole,
  name: 'growing suite',
  app: 'growing-suite',
  // Its records are counted at the end: not every request leaves one.
  work: whole.work.filter((kind) => kind !== 'audit records'),
};
/** Keeps something of every request: what a measurement of growth must notice. */
export const LEAKING: Variant = { ...GROWING_BARE, name: 'leaking', app: 'leaking' };
