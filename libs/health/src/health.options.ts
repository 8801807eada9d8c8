import type { CheckFunction, CheckIndicator } from './contributor.options.js';

/** What is checked, and where the status is told. */
export interface HealthOptions {
  /**
   * Where the app's own port tells the status: here and at `/live`, `/ready` and `/startup` below.
   * @default '/health'
   */
  basePath?: string;
  /**
   * How long a check may take before it counts as down, where it says nothing else.
   * @default 1000
   */
  timeoutMs?: number;
  /**
   * How long a result is served before its check runs again, where it says nothing else.
   * @default 1000
   */
  intervalMs?: number;
  /**
   * Checks besides the methods that carry `@HealthContributor`.
   * @default []
   */
  contributors?: readonly (CheckFunction | CheckIndicator)[];
}

export const DEFAULT_HEALTH_OPTIONS = {
  basePath: '/health',
  timeoutMs: 1_000,
  intervalMs: 1_000,
  contributors: [],
} satisfies Required<HealthOptions>;

const PATH = /^(\/[\w.~-]+)+$/;

/** The options with their defaults, or a refusal that names the wrong one. */
export function completeHealthOptions(given: HealthOptions): Required<HealthOptions> {
  for (const name of Object.keys(given)) {
    if (name in DEFAULT_HEALTH_OPTIONS) continue;
    const known = Object.keys(DEFAULT_HEALTH_OPTIONS).join(', ');
    throw new Error(`HealthModule: "${name}" is no option. Use one of ${known}.`);
  }
  const set = Object.entries(given).filter(([, value]) => value !== undefined);
  const options: Required<HealthOptions> = { ...DEFAULT_HEALTH_OPTIONS, ...Object.fromEntries(set) };
  if (!PATH.test(options.basePath)) {
    throw new Error(`HealthModule: basePath is ${JSON.stringify(options.basePath)}. Use a path like '/health'.`);
  }
  checkMilliseconds('HealthModule: timeoutMs', options.timeoutMs);
  checkMilliseconds('HealthModule: intervalMs', options.intervalMs);
  if (!Array.isArray(options.contributors)) {
    throw new Error('HealthModule: contributors is no list. Give one like [{ name: "queue", check: () => ping() }].');
  }
  return options;
}

/** Refuses what a timer would take for something else. */
export function checkMilliseconds(what: string, value: number): void {
  if (Number.isInteger(value) && value >= 1 && value < 2 ** 31) return;
  throw new Error(`${what} is ${JSON.stringify(value)}. Use a whole number of milliseconds from 1 up.`);
}
