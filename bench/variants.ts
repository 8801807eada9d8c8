/** What a variant must have done for each request that was answered; what it did not do, it did not pay for. */
export type Work = 'access lines' | 'spans' | 'samples';

/** Where the work of a variant arrives. */
export interface Destinations {
  /** The receiver of spans. */
  otlpUrl: string;
}

/** One way to build the server that is measured. Adding one is an entry here, and an app in `src` if it needs one. */
export interface Variant {
  name: string;
  /** The file `src/<app>.app.ts`. */
  app: 'bare' | 'suite';
  /** What the app is given; plain data, because it is built in another process. */
  options: (to: Destinations) => object;
  work: readonly Work[];
}

/** What all others are divided by. */
export const BASELINE = 'bare Nest';
/** The same as the baseline: how far it seems to be off is how far all others may be off. */
export const CONTROL = 'bare Nest, again';

const WHOLE = 'the whole suite';

interface Pattern {
  options: (to: Destinations) => object;
  work: readonly Work[];
}

/** All patterns of the suite, by the name of their option, as they are measured. */
const PATTERNS: Record<string, Pattern> = {
  logging: { options: () => ({}), work: ['access lines'] },
  tracing: { options: ({ otlpUrl }) => ({ otlp: { url: otlpUrl } }), work: ['spans'] },
  metrics: { options: () => ({}), work: ['samples'] },
  // These have nothing to do for a request that succeeds: what they cost then is what is measured.
  health: { options: () => ({}), work: [] },
  exceptions: { options: () => ({}), work: [] },
  audit: { options: () => ({}), work: [] },
};

export const VARIANTS: readonly Variant[] = [
  bare(BASELINE),
  bare(CONTROL),
  ...Object.keys(PATTERNS).map((name) => suite(`${name} alone`, [name])),
  suite(WHOLE, Object.keys(PATTERNS)),
];

/** The few that tell the total. */
export const SUMMARY = VARIANTS.filter(({ name }) => [BASELINE, CONTROL, WHOLE].includes(name));

function bare(name: string): Variant {
  return { name, app: 'bare', options: () => ({}), work: [] };
}

/** The suite with some of its patterns on and all others off. */
function suite(name: string, on: readonly string[]): Variant {
  const all = Object.entries(PATTERNS);
  return {
    name,
    app: 'suite',
    options: (to) => ({
      service: { name: 'bench' },
      management: { port: 0 },
      ...Object.fromEntries(all.map(([key, { options }]) => [key, on.includes(key) && options(to)])),
    }),
    work: all.flatMap(([key, { work }]) => (on.includes(key) ? work : [])),
  };
}
