import type { Lifecycle } from '#lifecycle';
import type { Observations, ServiceIdentity } from '#observation';
import type { CheckResult } from './check-result.js';
import { Contributor, type ContributorPlan } from './contributor.js';
import { type HealthReport, reportOf, type Standing } from './health-report.js';
import type { SafeDetails } from './safe-details.js';

/** Told whenever a check ends otherwise than before, the first time included. */
export type HealthListener = (result: CheckResult, previous: CheckResult | undefined) => void;

/** The groups that are always there, with or without contributors. */
export const BUILT_IN_GROUPS: readonly string[] = ['live', 'ready', 'startup'];

/**
 * Knows how one app is: runs what contributes to its health, all at once and each within its deadline, and sums up a
 * group of it. `live` knows nothing of where the app stands; `ready` says no until the app is ready and from the
 * moment it begins to stop.
 */
export class HealthChecker {
  readonly #contributors = new Map<string, Contributor>();
  readonly #listeners = new Set<HealthListener>();

  constructor(
    private readonly lifecycle: Lifecycle,
    private readonly observations: Observations,
    private readonly safe: SafeDetails,
  ) {}

  /** Whose health it is. */
  get service(): ServiceIdentity {
    return this.observations.service;
  }

  /** Adds a check; a name that another one has, in whatever case, is refused. */
  add(plan: ContributorPlan): void {
    const { name } = plan.indicator;
    const twin = this.#contributors.get(name.toLowerCase());
    if (twin !== undefined) {
      throw new Error(
        `HealthModule: "${name}" is the name of two checks, of ${twin.plan.declaredBy} and of ${plan.declaredBy}. ` +
          'Give one of them another name.',
      );
    }
    const changed: HealthListener = (...change) => this.#tell(...change);
    this.#contributors.set(name.toLowerCase(), new Contributor(plan, this.safe, changed, this.observations));
  }

  /** The names of all checks. */
  names(): string[] {
    return this.#all().map(({ name }) => name);
  }

  /** The groups that can be asked for. */
  groups(): string[] {
    return [...new Set([...BUILT_IN_GROUPS, ...this.#all().flatMap(({ plan }) => plan.groups)])];
  }

  /** How a group is, or everything; undefined where there is no such group. */
  async check(group?: string): Promise<HealthReport | undefined> {
    if (group !== undefined && !this.groups().includes(group)) return undefined;
    const members = this.#all().filter(({ plan }) => group === undefined || plan.groups.includes(group));
    return this.#report(members, group);
  }

  /** How one contributor of a group is; undefined where the group has none of that name. */
  async checkOne(group: string, name: string): Promise<HealthReport | undefined> {
    const contributor = this.#contributors.get(name.toLowerCase());
    return contributor?.plan.groups.includes(group) ? this.#report([contributor], group) : undefined;
  }

  /** The last result of each check that has run. */
  results(): readonly CheckResult[] {
    return this.#all().flatMap(({ last }) => last ?? []);
  }

  /** Listens to changes until the returned function is called. */
  onChange(listener: HealthListener): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** Begins to run the checks that run by themselves. */
  start(): void {
    for (const contributor of this.#all()) contributor.start();
  }

  stop(): void {
    for (const contributor of this.#all()) contributor.stop();
  }

  async #report(members: readonly Contributor[], group: string | undefined): Promise<HealthReport> {
    const standing = this.#standing(group);
    // Once the app closes what it is connected to, a check would only tell of that.
    if (standing === 'stopping')
      return reportOf(
        members.flatMap(({ last }) => last ?? []),
        standing,
      );
    const results = await Promise.all(members.map((member) => member.result()));
    // A stop that began meanwhile counts, too.
    return reportOf(results, this.#standing(group));
  }

  #standing(group: string | undefined): Standing {
    const { state } = this.lifecycle;
    if (group === 'live') return 'serving';
    if (state === 'starting' || state === 'started') return 'starting';
    return group !== 'startup' && (state === 'draining' || state === 'stopped') ? 'stopping' : 'serving';
  }

  #tell(result: CheckResult, previous: CheckResult | undefined): void {
    for (const listener of this.#listeners) {
      try {
        listener(result, previous);
      } catch (error) {
        this.observations.internalErrors.record('health', error);
      }
    }
  }

  #all(): Contributor[] {
    return [...this.#contributors.values()];
  }
}
