import type { AssembledProjects } from './assembled/assembled-projects.ts';
import { MeasuredServer } from './measured-server.ts';
import type { ProgressLine } from './progress-line.ts';
import type { AdapterName } from './scenarios.ts';
import type { Variant } from './variants.ts';

/** Where servers are started, and who is told of it. */
export interface Surroundings {
  adapter: AdapterName;
  /** The words before the command that starts a server. */
  serverPrefix: readonly string[];
  projects: AssembledProjects;
  /** Is told of whoever fails. */
  progress: ProgressLine;
}

/** Servers that run at the same time, one of each variant: one that fails is left out, and the others go on. */
export class RunningServers implements AsyncDisposable {
  readonly #servers = new Map<Variant, MeasuredServer>();
  readonly #refusals = new Map<Variant, string>();
  readonly #resources = new AsyncDisposableStack();
  readonly #surroundings: Surroundings;

  constructor(surroundings: Surroundings) {
    this.#surroundings = surroundings;
  }

  /** Why somebody was left out. */
  get refusals(): ReadonlyMap<Variant, string> {
    return this.#refusals;
  }

  /** Whether a server runs that has not failed so far. */
  has(variant: Variant): boolean {
    return this.#servers.has(variant) && !this.#refusals.has(variant);
  }

  /** Starts one more, in a project that is prepared if it has to be. */
  async start(variant: Variant): Promise<void> {
    const { adapter, serverPrefix, projects } = this.#surroundings;
    await this.#orRefuse(variant, async () => {
      await projects.prepare(variant.project);
      this.#servers.set(variant, this.#resources.use(await MeasuredServer.start(variant, adapter, serverPrefix)));
    });
  }

  /** Does the same with all of them at once that run and are asked for, and answers what it came to. */
  async atOnce<T>(
    work: (server: MeasuredServer) => Promise<T>,
    isAsked: (variant: Variant) => boolean = () => true,
  ): Promise<Map<Variant, T>> {
    const results = new Map<Variant, T>();
    const asked = [...this.#servers].filter(([variant]) => this.has(variant) && isAsked(variant));
    await Promise.all(
      asked.map(([variant, server]) =>
        this.#orRefuse(variant, async () => void results.set(variant, await work(server))),
      ),
    );
    return results;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#resources.disposeAsync();
  }

  async #orRefuse(variant: Variant, work: () => Promise<void>): Promise<void> {
    try {
      await work();
    } catch (error) {
      const { message } = error as Error;
      this.#refusals.set(variant, message);
      this.#surroundings.progress.tell(`REFUSED: ${message}`);
    }
  }
}
