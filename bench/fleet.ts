import { MeasuredServer } from './measured-server.ts';
import type { AdapterName } from './scenarios.ts';
import { ServerProcess } from './server-process.ts';
import { SpanReceiver } from './sinks/span-receiver.ts';
import type { Variant } from './variants.ts';

/** A variant on one adapter whose figures do not count. */
export interface Refusal {
  variant: string;
  adapter: AdapterName;
  reason: string;
}

interface Ship {
  variant: Variant;
  adapter: AdapterName;
}

/** The servers that are measured; one that fails is left out from then on, and the others are not. */
export class Fleet implements AsyncDisposable {
  readonly refusals: Refusal[] = [];
  readonly #ships: (Ship & { server: MeasuredServer })[] = [];
  readonly #resources = new AsyncDisposableStack();
  readonly #onRefusal: (refusal: Refusal) => void;

  constructor(onRefusal: (refusal: Refusal) => void) {
    this.#onRefusal = onRefusal;
  }

  /** Starts a server, with a receiver of its own, and makes it ready. */
  async add(ship: Ship, serverPrefix: readonly string[], makeReady: (server: MeasuredServer) => Promise<void>) {
    await this.#watch(ship, async () => {
      const { variant, adapter } = ship;
      const spans = this.#resources.use(await SpanReceiver.open());
      const order = { app: variant.app, adapter, options: variant.options({ otlpUrl: spans.url }) };
      const server = new MeasuredServer(
        variant,
        this.#resources.use(await ServerProcess.start(order, serverPrefix)),
        spans,
      );
      await makeReady(server);
      this.#ships.push({ ...ship, server });
    });
  }

  /** Does the same to each server of an adapter, one after the other, in the order that is made of them. */
  async each(
    adapter: AdapterName,
    work: (server: MeasuredServer) => Promise<void>,
    inOrder = <T>(all: T[]) => all,
  ): Promise<void> {
    const ships = this.#ships.filter((ship) => ship.adapter === adapter && !this.refuses(ship.variant.name, adapter));
    for (const ship of inOrder(ships)) await this.#watch(ship, () => work(ship.server));
  }

  refuses(variant: string, adapter: AdapterName): boolean {
    return this.refusals.some((refusal) => refusal.variant === variant && refusal.adapter === adapter);
  }

  async #watch({ variant, adapter }: Ship, work: () => Promise<void>): Promise<void> {
    try {
      await work();
    } catch (error) {
      const refusal = { variant: variant.name, adapter, reason: (error as Error).message };
      this.refusals.push(refusal);
      this.#onRefusal(refusal);
    }
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.#resources.disposeAsync() as Promise<void>;
  }
}
