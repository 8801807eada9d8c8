import type { AssembledProjects } from './assembled/assembled-projects.ts';
import type { Group } from './group.ts';
import { MeasuredServer } from './measured-server.ts';
import type { Bench, Plan } from './measurement.ts';
import { ROUTES, type Scenario } from './scenarios.ts';
import { shuffled } from './seeded-random.ts';

/** How many slices on each route are made before all that is measured, and dropped: until everything is compiled. */
const WARM_UP_SLICES = 8;

/** Requests that make calls leave more behind, and one collection of it more or less must not decide. */
const SLICES_OF_CALLS = 4;

/** Starts the servers of a group and lets them take turns in some of its scenarios; fails if one does not do its work. */
export async function visit(
  group: Group,
  scenarios: readonly Scenario[],
  { plan, random, serverPrefix }: Bench,
  projects: AssembledProjects,
): Promise<void> {
  await using servers = new AsyncDisposableStack();
  const started: MeasuredServer[] = [];
  for (const variant of [group.bare, ...group.others]) {
    await projects.prepare(variant.project);
    started.push(servers.use(await MeasuredServer.start(variant, group.place.adapter, serverPrefix)));
  }
  await warmUp(started, [...group.turns.keys()], plan);
  const [bare, ...others] = started;
  for (const scenario of shuffled(scenarios, random)) {
    const requests = plan.requestsPerSlice * (scenario.route.calls > 0 ? SLICES_OF_CALLS : 1);
    let before = await bare!.measure(scenario.route, requests);
    for (let turn = 0; turn < plan.turnsPerVisit; turn += 1) {
      const figures = new Map<string, number>();
      for (const server of shuffled(others, random)) {
        figures.set(server.variant.name, await server.measure(scenario.route, requests));
      }
      const after = await bare!.measure(scenario.route, requests);
      group.turns.get(scenario)!.add({ before, after, others: figures });
      before = after;
    }
  }
  for (const server of started) await server.checkSamples();
}

/**
 * On all routes, also those that are not measured: a server that knew a single one would be faster there than others,
 * which know more. Only calls are left out of a group that makes none.
 */
async function warmUp(
  servers: readonly MeasuredServer[],
  scenarios: readonly Scenario[],
  { requestsPerSlice }: Plan,
): Promise<void> {
  const routes = ROUTES.filter(({ name, calls }) => calls === 0 || scenarios.some(({ route }) => route.name === name));
  for (let slice = 0; slice < WARM_UP_SLICES; slice += 1) {
    // In turn, because the compiler forgets what it knew of one route while it learns the other.
    for (const route of routes) for (const server of servers) await server.measure(route, requestsPerSlice);
  }
}
