import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';

interface Addresses {
  url: string;
  managementUrl: string;
}

/** The app of `apps/orders-app.mjs` in a process of its own. */
export class OrdersApp implements AsyncDisposable {
  readonly url: string;
  readonly managementUrl: string;
  readonly #child: ChildProcess;

  private constructor(child: ChildProcess, { url, managementUrl }: Addresses) {
    this.#child = child;
    this.url = url;
    this.managementUrl = managementUrl;
  }

  static async start(env: Record<string, string> = {}): Promise<OrdersApp> {
    const child = spawn(process.execPath, [join(import.meta.dirname, '..', 'apps', 'orders-app.mjs')], {
      env: { ...process.env, ...env },
      stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
    });
    const giveUp = new AbortController();
    const { signal } = giveUp;
    try {
      const [addresses] = await Promise.race([
        once(child, 'message', { signal }),
        once(child, 'exit', { signal }).then(([code]) => {
          throw new Error(`The orders app ended with code ${code} before it listened. Is the package built?`);
        }),
      ]);
      return new OrdersApp(child, addresses as Addresses);
    } finally {
      giveUp.abort();
    }
  }

  /** Places an order and answers the id of its trace. */
  async placeOrder(): Promise<string> {
    const response = await fetch(`${this.url}/orders`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: '{"items":[{"sku":"lantern","quantity":2}]}',
    });
    if (response.status !== 201) throw new Error(`POST /orders answered ${response.status}`);
    return response.headers.get('x-trace-id')!;
  }

  async metrics(accept: string): Promise<string> {
    return (await fetch(`${this.managementUrl}/metrics`, { headers: { accept } })).text();
  }

  async [Symbol.asyncDispose](): Promise<void> {
    if (this.#child.exitCode !== null || this.#child.signalCode !== null) return;
    const ended = once(this.#child, 'exit');
    this.#child.kill('SIGTERM');
    await ended;
  }
}
