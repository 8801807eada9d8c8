import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { STOCK } from './scenarios.ts';

/** The second service of the route that calls one: it answers at once, and always the same. */
export class Downstream implements AsyncDisposable {
  readonly #server = createServer((_request, response) => {
    response.writeHead(200, { 'content-type': 'application/json', 'content-length': STOCK.length }).end(STOCK);
  });

  static async open(): Promise<Downstream> {
    const downstream = new Downstream();
    downstream.#server.listen(0, '127.0.0.1');
    await once(downstream.#server, 'listening');
    return downstream;
  }

  get url(): string {
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}/stock`;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#server.closeAllConnections();
    await new Promise((closed) => this.#server.close(closed));
  }
}
