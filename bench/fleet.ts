import type { AssembledProjects } from './assembled/assembled-projects.ts';
import { openDownstream } from './downstream.ts';
import type { LoopbackServer } from './loopback-server.ts';
import { MeasuredServer } from './measured-server.ts';
import type { AdapterName, Runtime } from './scenarios.ts';
import { ServerProcess } from './server-process.ts';
import { SpanReceiver } from './sinks/span-receiver.ts';
import type { Variant } from './variants.ts';

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

/** Which server is meant. */
interface Berth {
  /** The name of the variant. */
  name: string;
  runtime: Runtime;
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
  #downstream: LoopbackServer | undefined;

  constructor(options: FleetOptions) {
    this.#options = options;
    // One that is held would not notice that nobody is left to release it.
    const releaseAll = () => this.#ships.forEach(({ process }) => process.release());
    process.once('exit', releaseAll);
    this.#resources.defer(() => void process.off('exit', releaseAll));
  }

  /** Starts a server, with a receiver of its own, and makes it ready. */
  async add(ship: Ship, makeReady: (server: MeasuredServer) => Promise<void>): Promise<void> {
    await this.#watch(ship, async () => {
      const { variant, adapter } = ship;
      const { app, project } = variant;
      await this.#options.projects.prepare(project);
      const spans = this.#resources.use(await SpanReceiver.open());
      this.#downstream ??= this.#resources.use(await openDownstream());
      const process = await ServerProcess.start(
        {
          app,
          adapter,
          project,
          options: variant.options({ otlpUrl: spans.url }),
          downstreamUrl: this.#downstream.url('/stock'),
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
    for (const ship of this.#ships) await this.one(berthOf(ship), work);
  }

  /** Does something to one server, and answers what came of it; nothing if the server is refused, or is from now on. */
  async one<T>(berth: Berth, work: (server: MeasuredServer) => Promise<T>): Promise<T | undefined> {
    const ship = this.#ships.find((each) => isAt(berth, berthOf(each)));
    if (ship === undefined || this.refuses(berth)) return undefined;
    ship.process.release();
    const result = await this.#watch(ship, () => work(ship.server));
    ship.process.hold();
    return result;
  }

  refuses(berth: Berth): boolean {
    return this.refusals.some(({ variant: name, ...place }) => isAt(berth, { ...place, name }));
  }

  async #watch<T>({ variant, adapter }: Ship, work: () => Promise<T>): Promise<T | undefined> {
    try {
      return await work();
    } catch (error) {
      const { name, runtime } = variant;
      const refusal = { variant: name, runtime, adapter, reason: (error as Error).message };
      this.refusals.push(refusal);
      this.#options.onRefusal(refusal);
      return undefined;
    }
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.#resources.disposeAsync() as Promise<void>;
  }
}

function berthOf({ variant: { name, runtime }, adapter }: Ship): Berth {
  return { name, runtime, adapter };
}

function isAt(berth: Berth, other: Berth): boolean {
  return berth.name === other.name && berth.runtime === other.runtime && berth.adapter === other.adapter;
}
