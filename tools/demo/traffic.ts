import { type Answer, GatewayClient } from './gateway-client.ts';
import type { ManagementClient } from './management-client.ts';
import { journeyOf, peopleFor, type Step } from './order-journey.ts';
import { Tally } from './tally.ts';

export interface TrafficOptions {
  gatewayUrl: string;
  orders: number;
  /** Where the bug is switched on and off. */
  order: ManagementClient;
  onProgress: (ordersDone: number) => void;
}

export interface Traffic {
  tally: Tally;
  /** The last request that met the bug. */
  failedTraceId: string | undefined;
}

/** Sends orders on their journeys, one after the other, and reads the last one while the order service has a bug. */
export async function makeTraffic({ gatewayUrl, orders, order, onProgress }: TrafficOptions): Promise<Traffic> {
  const client = new GatewayClient(gatewayUrl);
  const tally = new Tally();
  const people = peopleFor(orders);
  let orderId = '';

  const take = async (step: Step): Promise<Answer> => {
    const answer = await client.take(step, orderId);
    tally.add(step, answer);
    return answer;
  };
  for (let number = 0; number < orders; number += 1) {
    const [place, ...then] = journeyOf(number, people);
    const { status, body } = await take(place);
    if (status === 201) orderId = (body as { id: string }).id;
    else if (orderId === '') throw new Error(`${gatewayUrl} does not take orders: ${tally.surprises[0]}`);
    for (const step of then) await take(step);
    onProgress(number + 1);
  }

  const by = people.operators[0];
  const read = { by, method: 'GET', path: '/api/orders/:id' } as const;
  await order.switchFault('bug', true);
  try {
    await take({ ...read, status: 500 });
    const { traceId: failedTraceId } = await take({ ...read, status: 500 });
    return { tally, failedTraceId };
  } finally {
    await order.switchFault('bug', false);
    await take({ ...read, status: 200 });
  }
}
