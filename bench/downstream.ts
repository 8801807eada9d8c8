import { LoopbackServer } from './loopback-server.ts';
import { STOCK } from './scenarios.ts';

const HEADERS = { 'content-type': 'application/json', 'content-length': STOCK.length };

/** The second service of the route that calls one: it answers at once, and always the same. */
export function openDownstream(): Promise<LoopbackServer> {
  return LoopbackServer.open((_request, response) => response.writeHead(200, HEADERS).end(STOCK));
}
