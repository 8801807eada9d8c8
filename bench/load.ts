import autocannon from 'autocannon';
import type { BenchRoute } from './scenarios.ts';
import { stayAwake } from './stay-awake.ts';

const CONNECTIONS = 32;
/** Longer than dozens of servers need that share a core and are all being compiled. */
const TIMEOUT_SECONDS = 120;

/** Makes so many requests as fast as the server answers, and fails unless each of them is answered rightly. */
export async function applyLoad(serverUrl: string, route: BenchRoute, requests: number): Promise<void> {
  using _awake = stayAwake();
  const result = await autocannon({
    url: `${serverUrl}${route.path}`,
    method: route.method,
    ...(route.body !== undefined && { body: route.body, headers: { 'content-type': 'application/json' } }),
    expectBody: route.answer,
    connections: CONNECTIONS,
    amount: requests,
    sampleInt: 10,
    bailout: 1,
    timeout: TIMEOUT_SECONDS,
  });
  const { '2xx': answered, non2xx, errors, mismatches } = result;
  if (answered === requests && non2xx + errors + mismatches === 0) return;
  throw new Error(
    `of ${requests} requests ${answered} were answered with success, ${non2xx} without, ` +
      `${mismatches} with another body, and ${errors} failed`,
  );
}
