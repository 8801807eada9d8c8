import type { AssembledProjects } from './assembled/assembled-projects.ts';
import { openDownstream } from './downstream.ts';
import type { LoopbackServer } from './loopback-server.ts';
import { MeasuredServer } from './measured-server.ts';
import type { AdapterName, Runtime } from './scenarios.ts';
import { ServerProcess } from './server-process.ts';
import { SpanReceiver } from './sinks/span-receiver.ts';
import type { Variant } from './variants.ts';

/** Which server is meant. */
export interface Berth {
  /** The name of the variant. */
  variant: string;
  runtime: Runtime;
  adapter: AdapterName;
}

/** A server whose figures do not count. */
export interface Refusal extends Berth {
  reason: string;
}

export interface FleetOptions {
  projects: AssembledProjects;
  /** The words before the command that starts a server. */
  serverPrefix: readonly string[];
  onRefusal: (refusal: Refusal) => void;
}

/** A server that runs, with a receiver of its own, until it is disposed of. */
export class Ship implements AsyncDisposable {
  readonly berth: Berth;
  readonly server: MeasuredServer;
  readonly #resources: AsyncDisposableStack;

  constructor(berth: Berth, server: MeasuredServer, resources: AsyncDisposableStack) {
    this.berth = berth;
    this.server = server;
    this.#resources = resources;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#resources.disposeAsync();
  }
}

/** Starts the servers that are measured; one that fails is left out from then on, and the others are not. */
export class Fleet implements AsyncDisposable {
  readonly refusals: Refusal[] = [];
  readonly #resources = new AsyncDisposableStack();
  readonly #options: FleetOptions;
  #downstream: LoopbackServer | undefined;

  constructor(options: FleetOptions) {
    this.#options = options;
  }

  /** Starts a server, unless that fails. */
  async start(variant: Variant, adapter: AdapterName): Promise<Ship | undefined> {
    const { name, runtime, app, project, options } = variant;
    const berth = { variant: name, runtime, adapter };
    return this.#watch(berth, async () => {
      const { projects, serverPrefix } = this.#options;
      await projects.prepare(project);
      this.#downstream ??= this.#resources.use(await openDownstream());
      const downstreamUrl = this.#downstream.url('/stock');
      await using resources = new AsyncDisposableStack();
      const spans = resources.use(await SpanReceiver.open());
      const order = { app, adapter, project, options: options({ otlpUrl: spans.url }), downstreamUrl };
      const server = resources.use(await ServerProcess.start(order, serverPrefix));
      return new Ship(berth, new MeasuredServer(variant, server, spans), resources.move());
    });
  }

  /** Does something to a server, and answers what came of it; nothing if the server is refused, or is from now on. */
  async sail<T>({ berth, server }: Ship, work: (server: MeasuredServer) => Promise<T>): Promise<T | undefined> {
    return this.refuses(berth) ? undefined : this.#watch(berth, () => work(server));
  }

  refuses({ variant, runtime, adapter }: Berth): boolean {
    return this.refusals.some(
      (refusal) => refusal.variant === variant && refusal.runtime === runtime && refusal.adapter === adapter,
    );
  }

  async #watch<T>(berth: Berth, work: () => Promise<T>): Promise<T | undefined> {
    try {
      return await work();
    } catch (error) {
      const refusal = { ...berth, reason: (error as Error).message };
      this.refusals.push(refusal);
      this.#options.onRefusal(refusal);
      return undefined;
    }
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#resources.disposeAsync();
  }
}
