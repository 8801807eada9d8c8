/** A request that is made again and again, and the one right answer. */
export interface BenchRoute {
  name: string;
  method: 'GET' | 'POST';
  path: string;
  body?: string;
  answer: string;
  /** How many requests to a second service each one makes. */
  calls: number;
  /** Whether each one leaves an audit record behind, where records are kept. */
  audited: boolean;
}

export const ADAPTERS = ['express', 'fastify'] as const;
export type AdapterName = (typeof ADAPTERS)[number];

export const RUNTIMES = ['Nest 12', 'Nest 11'] as const;
export type Runtime = (typeof RUNTIMES)[number];

export const GET = 'GET';
export const POST = 'POST';
export const CALL = 'GET with a call';
export const AUDITED = 'audited POST';

/** What the second service answers; the route that calls it passes it on. */
export const STOCK = '{"sku":"lantern","inStock":12}';

const order = {
  method: 'POST',
  body: '{"consumerId":"alice","items":[{"sku":"lantern","quantity":2,"unitPrice":20}]}',
  answer: '{"status":"PENDING","total":40}',
  calls: 0,
} as const;

export const ROUTES: readonly BenchRoute[] = [
  { name: GET, method: 'GET', path: '/greeting', answer: '{"greeting":"hello"}', calls: 0, audited: false },
  { name: POST, path: '/orders', audited: false, ...order },
  { name: CALL, method: 'GET', path: '/stock', answer: STOCK, calls: 1, audited: false },
  { name: AUDITED, path: '/audited-orders', audited: true, ...order },
];

/** Within one of these, every variant is compared with the baseline. */
export interface Scenario {
  runtime: Runtime;
  adapter: AdapterName;
  route: BenchRoute;
}

/** Where something runs. */
export type Place = Pick<Scenario, 'runtime' | 'adapter'>;

export const PLACES: readonly Place[] = RUNTIMES.flatMap((runtime) =>
  ADAPTERS.map((adapter): Place => ({ runtime, adapter })),
);

export const SCENARIOS: readonly Scenario[] = PLACES.flatMap((place) =>
  ROUTES.map((route): Scenario => ({ ...place, route })),
);

export function scenarioName({ runtime, adapter, route }: Scenario): string {
  return `${placeName({ runtime, adapter })} ${route.name}`;
}

/** The runtime is told only where it is not the usual one. */
export function placeName({ runtime, adapter }: Place): string {
  const name = `${adapter[0]!.toUpperCase()}${adapter.slice(1)}`;
  return runtime === RUNTIMES[0] ? name : `${runtime} ${name}`;
}

/**
 * How many spans are sent at once. Requests are measured in whole batches: one that is not full waits a second for more,
 * and whoever measures would wait with it.
 */
export const SPAN_BATCH = 512;
