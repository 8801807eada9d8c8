import type { SamplePorts } from './sample-apps.ts';

const local = (port: number) => `http://127.0.0.1:${port}`;

/** The table of addresses that greets whoever starts the samples, with lines to paste into another terminal. */
export function addressTable(ports: SamplePorts, databaseUrl: string): string {
  const orders = `${local(ports.gateway)}/api/orders`;
  const body = '{"consumerId":"alice","items":[{"sku":"lantern","quantity":2,"unitPrice":20}]}';
  const rows: [string, string][] = [
    ['gateway', local(ports.gateway)],
    ['gateway, API page', `${local(ports.gateway)}/docs`],
    ['gateway, management', local(ports.gatewayManagement)],
    ['order', local(ports.order)],
    ['order, management', local(ports.orderManagement)],
    ['database', withoutPassword(databaseUrl)],
    [
      'place an order',
      `curl -s ${orders} ${bearer('alice', 'customer')} -H 'content-type: application/json' -d '${body}'`,
    ],
    ['list your orders', `curl -s '${orders}?consumerId=alice&limit=5' ${bearer('alice', 'customer')}`],
    ['list as an operator', `curl -s '${orders}?status=PENDING&limit=5' ${bearer('olga', 'operator')}`],
  ];
  const width = Math.max(...rows.map(([what]) => what.length));
  return rows.map(([what, where]) => `  ${what.padEnd(width)}  ${where}`).join('\n');
}

function bearer(user: string, role: string): string {
  return `-H "authorization: Bearer $(npm run -s token -- ${user} ${role})"`;
}

function withoutPassword(databaseUrl: string): string {
  if (!URL.canParse(databaseUrl)) return 'DATABASE_URL';
  const url = new URL(databaseUrl);
  url.password = '';
  return url.href;
}
