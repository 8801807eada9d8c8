import type { ProgressLine } from './progress-line.ts';
import { MeasuredServer } from './measured-server.ts';
import { type AdapterName, ADAPTERS, type Scenario, SCENARIOS, scenarioName } from './scenarios.ts';
import { shuffled } from './seeded-random.ts';
import { ServerProcess } from './server-process.ts';
import { SpanReceiver } from './sinks/span-receiver.ts';
import { type Variant, VARIANTS } from './variants.ts';

/** How much is measured. */
export interface Plan {
  rounds: number;
  requestsPerSlice: number;
  /** Requests whose figures are dropped, made on each route before the first round. */
  warmUpRequests: number;
}

/** The figures of one scenario, and which variants have none and why. */
export interface ScenarioFigures {
  scenario: Scenario;
  figures: Map<string, number[]>;
}

/** A variant on one adapter whose figures do not count. */
export interface Refusal {
  variant: string;
  adapter: AdapterName;
  reason: string;
}

export interface Measurement {
  scenarios: ScenarioFigures[];
  refusals: Refusal[];
}

export interface Bench {
  plan: Plan;
  random: () => number;
  serverPrefix: readonly string[];
  progress: ProgressLine;
}

/** Starts a server for each variant on each adapter and measures all of them in turn, round by round. */
export async function measureAll({ plan, random, serverPrefix, progress }: Bench): Promise<Measurement> {
  await using resources = new AsyncDisposableStack();
  const fleet = new Fleet();
  for (const adapter of ADAPTERS) {
    for (const variant of VARIANTS) {
      progress.show(`starting and warming up: ${variant.name} on ${adapter}`);
      await fleet.watch(variant.name, adapter, async () => {
        const spans = resources.use(await SpanReceiver.open());
        const order = { app: variant.app, adapter, options: variant.options({ otlpUrl: spans.url }) };
        const server = resources.use(await ServerProcess.start(order, serverPrefix));
        const measured = new MeasuredServer(variant, server, spans);
        for (const { route } of scenariosOn(adapter)) await measured.measure(route, plan.warmUpRequests);
        fleet.add(measured, adapter);
      });
    }
  }
  const scenarios = SCENARIOS.map((scenario): ScenarioFigures => ({ scenario, figures: new Map() }));
  for (let round = 1; round <= plan.rounds; round += 1) {
    // One scenario after the other, so that the figures that are divided by each other were taken close together.
    for (const { scenario, figures } of shuffled(scenarios, random)) {
      progress.show(`round ${round} of ${plan.rounds}: ${scenarioName(scenario)}`, (round - 1) / plan.rounds);
      for (const server of shuffled(fleet.on(scenario.adapter), random)) {
        await fleet.watch(server.variant.name, scenario.adapter, async () => {
          const figure = await server.measure(scenario.route, plan.requestsPerSlice);
          figures.set(server.variant.name, [...(figures.get(server.variant.name) ?? []), figure]);
        });
      }
    }
  }
  for (const adapter of ADAPTERS) {
    for (const server of fleet.on(adapter)) {
      await fleet.watch(server.variant.name, adapter, () => server.checkSamples());
    }
  }
  return { scenarios: scenarios.map((each) => inOrder(each, fleet)), refusals: fleet.refusals };
}

/** The servers that are still in the race. */
class Fleet {
  readonly refusals: Refusal[] = [];
  readonly #servers: { server: MeasuredServer; adapter: AdapterName }[] = [];

  add(server: MeasuredServer, adapter: AdapterName): void {
    this.#servers.push({ server, adapter });
  }

  on(adapter: AdapterName): MeasuredServer[] {
    return this.#servers
      .filter((each) => each.adapter === adapter && !this.isRefused(each.server.variant.name, adapter))
      .map(({ server }) => server);
  }

  isRefused(variant: string, adapter: AdapterName): boolean {
    return this.refusals.some((refusal) => refusal.variant === variant && refusal.adapter === adapter);
  }

  /** A variant that fails is out of the race; the others run on. */
  async watch(variant: string, adapter: AdapterName, work: () => Promise<void>): Promise<void> {
    try {
      await work();
    } catch (error) {
      this.refusals.push({ variant, adapter, reason: (error as Error).message });
    }
  }
}

function scenariosOn(adapter: AdapterName): Scenario[] {
  return SCENARIOS.filter((scenario) => scenario.adapter === adapter);
}

/** In the order of the list of variants, without those that were refused. */
function inOrder({ scenario, figures }: ScenarioFigures, fleet: Fleet): ScenarioFigures {
  const names = VARIANTS.map(({ name }: Variant) => name).filter((name) => !fleet.isRefused(name, scenario.adapter));
  return { scenario, figures: new Map(names.map((name) => [name, figures.get(name) ?? []])) };
}
