import type { AssembledProjects } from './assembled/assembled-projects.ts';
import { Downstream } from './downstream.ts';
import { MeasuredServer } from './measured-server.ts';
import type { AdapterName, Runtime, Scenario } from './scenarios.ts';
import { ServerProcess } from './server-process.ts';
import { SpanReceiver } from './sinks/span-receiver.ts';
import { takesPart, type Variant } from './variants.ts';

/** A variant on one adapter whose figures do not count. */
export interface Refusal {
  variant: string;
  runtime: Runtime;
  adapter: AdapterName;
  reason: string;
}

interface Ship {
  variant: Variant;
  adapter: AdapterName;
}

export interface FleetOptions {
  projects: AssembledProjects;
  /** The words before the command that starts a server. */
  serverPrefix: readonly string[];
  onRefusal: (refusal: Refusal) => void;
}

/** A ship on its way: it runs while it is its turn, and is held otherwise. */
interface ManagedShip extends Ship {
  process: ServerProcess;
  server: MeasuredServer;
}

/** The servers that are measured; one that fails is left out from then on, and the others are not. */
export class Fleet implements AsyncDisposable {
  readonly refusals: Refusal[] = [];
  readonly #ships: ManagedShip[] = [];
  readonly #resources = new AsyncDisposableStack();
  readonly #options: FleetOptions;
  #downstream: Downstream | undefined;

  constructor(options: FleetOptions) {
    this.#options = options;
  }

  /** Starts a server, with a receiver of its own, and makes it ready. */
  async add(ship: Ship, makeReady: (server: MeasuredServer) => Promise<void>): Promise<void> {
    await this.#watch(ship, async () => {
      const { variant, adapter } = ship;
      const { app, project } = variant;
      await this.#options.projects.prepare(project);
      const spans = this.#resources.use(await SpanReceiver.open());
      this.#downstream ??= this.#resources.use(await Downstream.open());
      const process = await ServerProcess.start(
        {
          app,
          adapter,
          project,
          options: variant.options({ otlpUrl: spans.url }),
          downstreamUrl: this.#downstream.url,
        },
        this.#options.serverPrefix,
      );
      const server = new MeasuredServer(variant, this.#resources.use(process), spans);
      await makeReady(server);
      process.hold();
      this.#ships.push({ ...ship, process, server });
    });
  }

  /** Does the same to each server, one after the other. */
  async each(work: (server: MeasuredServer) => Promise<void>): Promise<void> {
    await this.#eachOf(this.#ships, work);
  }

  /** Does the same to each server that takes part in a scenario, in the order that is made of them. */
  async eachIn(
    scenario: Scenario,
    work: (server: MeasuredServer) => Promise<void>,
    inOrder: <T>(all: T[]) => T[],
  ): Promise<void> {
    const inScenario = this.#ships.filter(
      ({ variant, adapter }) => adapter === scenario.adapter && takesPart(variant, scenario),
    );
    await this.#eachOf(inOrder(inScenario), work);
  }

  refuses(variant: string, { runtime, adapter }: Pick<Scenario, 'runtime' | 'adapter'>): boolean {
    return this.refusals.some(
      (refusal) => refusal.variant === variant && refusal.runtime === runtime && refusal.adapter === adapter,
    );
  }

  async #eachOf(ships: readonly ManagedShip[], work: (server: MeasuredServer) => Promise<void>): Promise<void> {
    for (const ship of ships) {
      const { variant, adapter } = ship;
      if (this.refuses(variant.name, { runtime: variant.runtime, adapter })) continue;
      ship.process.release();
      await this.#watch(ship, () => work(ship.server));
      ship.process.hold();
    }
  }

  async #watch({ variant, adapter }: Ship, work: () => Promise<void>): Promise<void> {
    try {
      await work();
    } catch (error) {
      const { name, runtime } = variant;
      const refusal = { variant: name, runtime, adapter, reason: (error as Error).message };
      this.refusals.push(refusal);
      this.#options.onRefusal(refusal);
    }
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.#resources.disposeAsync() as Promise<void>;
  }
}
