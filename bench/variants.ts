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

const bare = { app: 'bare', options: () => ({}), work: [] } as const;
const OFF = { logging: false, tracing: false, metrics: false };
const service = { name: 'bench' };
const management = { port: 0 };
const tracing = ({ otlpUrl }: Destinations) => ({ otlp: { url: otlpUrl } });

export const VARIANTS: readonly Variant[] = [
  { ...bare, name: BASELINE },
  { ...bare, name: CONTROL },
  {
    name: 'logging alone',
    app: 'suite',
    options: () => ({ ...OFF, service, management, logging: {} }),
    work: ['access lines'],
  },
  {
    name: 'tracing alone',
    app: 'suite',
    options: (to) => ({ ...OFF, service, management, tracing: tracing(to) }),
    work: ['spans'],
  },
  {
    name: 'metrics alone',
    app: 'suite',
    options: () => ({ ...OFF, service, management, metrics: {} }),
    work: ['samples'],
  },
  {
    name: 'the whole suite',
    app: 'suite',
    options: (to) => ({ service, management, tracing: tracing(to) }),
    work: ['access lines', 'spans', 'samples'],
  },
];
