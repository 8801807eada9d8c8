import { parseArgs } from 'node:util';

export interface DemoOptions {
  /** How many orders are placed. */
  orders: number;
  /** Where the samples are, without a slash at the end. */
  gateway: string;
  gatewayManagement: string;
  orderManagement: string;
}

export const USAGE = 'Usage: npm run demo -- [--orders <number>] [--gateway <url>]';

const MAX_ORDERS = 100_000;

/** Reads the command line and the variables that also move the samples, or fails saying what is wrong. */
export function readDemoOptions(args: readonly string[], env: NodeJS.ProcessEnv): DemoOptions {
  const { values } = parseArgs({
    args: [...args],
    options: {
      orders: { type: 'string', default: '60' },
      gateway: { type: 'string', default: `http://127.0.0.1:${env['GATEWAY_PORT'] || 3000}` },
    },
  });
  const orders = /^\d{1,6}$/.test(values.orders) ? Number(values.orders) : 0;
  if (orders < 1 || orders > MAX_ORDERS) {
    throw new Error(`--orders "${values.orders}" is not a number from 1 to ${MAX_ORDERS}.`);
  }
  const gateway = URL.parse(values.gateway);
  if (!gateway || !/^https?:$/.test(gateway.protocol)) {
    throw new Error(`--gateway "${values.gateway}" is not an http URL, such as http://127.0.0.1:3000.`);
  }
  const management = (port: string) => `${gateway.protocol}//${gateway.hostname}:${port}`;
  return {
    orders,
    gateway: gateway.href.replace(/\/$/, ''),
    gatewayManagement: management(env['GATEWAY_MANAGEMENT_PORT'] || '9700'),
    orderManagement: management(env['ORDER_MANAGEMENT_PORT'] || '9701'),
  };
}
