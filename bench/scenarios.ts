/** A request that is made again and again, and the one right answer. */
export interface BenchRoute {
  name: string;
  method: 'GET' | 'POST';
  path: string;
  body?: string;
  answer: string;
}

export const ADAPTERS = ['express', 'fastify'] as const;
export type AdapterName = (typeof ADAPTERS)[number];

export const ROUTES: readonly BenchRoute[] = [
  { name: 'GET', method: 'GET', path: '/greeting', answer: '{"greeting":"hello"}' },
  {
    name: 'POST',
    method: 'POST',
    path: '/orders',
    body: '{"consumerId":"alice","items":[{"sku":"lantern","quantity":2,"unitPrice":20}]}',
    answer: '{"status":"PENDING","total":40}',
  },
];

/** Within one of these, every variant is compared with the baseline. */
export interface Scenario {
  adapter: AdapterName;
  route: BenchRoute;
}

export const SCENARIOS: readonly Scenario[] = ADAPTERS.flatMap((adapter) =>
  ROUTES.map((route): Scenario => ({ adapter, route })),
);

export function scenarioName({ adapter, route }: Scenario): string {
  return `${adapter[0]!.toUpperCase()}${adapter.slice(1)} ${route.name}`;
}
