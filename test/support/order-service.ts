import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { AppProcess } from '../../tools/app-process.ts';
import { type EmbeddedPostgres, startPostgres } from '../../tools/embedded-postgres.ts';
import { ensureKeys } from '../../tools/keys.ts';
import { claimPorts } from '../../tools/ports.ts';
import { sampleApps } from '../../tools/sample-apps.ts';
import { signedToken } from '../../tools/signed-token.ts';
import { temporaryDirectory } from '../../tools/temporary-directory.ts';
import { LAST_PIZZA_ORDER } from './orders.fixture.ts';

/** Where an order service dies while it places an order. */
export type Death = 'before the commit' | 'during the commit' | 'the response';

const KILLED_AT = pathToFileURL(join(import.meta.dirname, 'apps', 'killed-at.mjs')).href;

/** The order service alone with a database of its own, started as often as it is killed. */
export class OrderService implements AsyncDisposable {
  readonly #resources = new AsyncDisposableStack();
  readonly complaints: string[] = [];
  #token = '';
  #jwksFile = '';
  database!: EmbeddedPostgres;

  static async prepare(): Promise<OrderService> {
    const service = new OrderService();
    const { path } = service.#resources.use(temporaryDirectory());
    service.database = service.#resources.use(
      await startPostgres({ dataDir: join(path, 'postgres'), say: () => undefined }),
    );
    const keysDir = join(path, 'keys');
    ({ jwksFile: service.#jwksFile } = await ensureKeys(keysDir));
    service.#token = await signedToken({ user: 'alice', role: 'customer', keysDir });
    return service;
  }

  /** Starts it; one that is to die does so at the first order that it places. */
  async start(death?: Death): Promise<AppProcess & { pages?: string }> {
    const [order = 0, orderManagement = 0] = await claimPorts([
      { owner: 'order', port: 0, variable: '' },
      { owner: 'order (management)', port: 0, variable: '' },
    ]);
    const ports = { order, orderManagement, gateway: 0, gatewayManagement: 0 };
    const [app] = sampleApps(ports, { databaseUrl: this.database.url, jwksFile: this.#jwksFile });
    const deadly = death && { KILLED_AT: death, NODE_OPTIONS: `--import ${KILLED_AT}` };
    const onLine = (line: string): void => {
      if (/"level":(50|60)/.test(line)) this.complaints.push(line);
    };
    const child = new AppProcess({ ...app!, env: { ...app!.env, ...deadly } }, { onLine });
    await child.untilReady();
    return Object.assign(child, { pages: `http://127.0.0.1:${orderManagement}` });
  }

  /** Places an order and gives the status of the answer; nothing when there was none. */
  async place({ url }: AppProcess): Promise<number | undefined> {
    const headers = { 'content-type': 'application/json', authorization: `Bearer ${this.#token}` };
    const body = JSON.stringify(LAST_PIZZA_ORDER);
    const response = await fetch(`${url}/orders`, { method: 'POST', headers, body }).catch(() => undefined);
    return response?.status;
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.#resources.disposeAsync();
  }
}
