/** How the app stops. */
export interface LifecycleOptions {
  /**
   * How long readiness says no before draining begins, so that load balancers stop sending.
   * @default 0
   */
  preStopMs?: number;
  /**
   * How long requests in flight may take to finish.
   * @default 10000
   */
  drainMs?: number;
  /**
   * How long what is buffered (spans, log lines) may take to get out.
   * @default 3000
   */
  flushMs?: number;
}

const DEFAULT_LIFECYCLE_OPTIONS = {
  preStopMs: 0,
  drainMs: 10_000,
  flushMs: 3_000,
} satisfies Required<LifecycleOptions>;

/** Provide it from a global module to set how the app stops. */
export const LIFECYCLE_OPTIONS = Symbol('LIFECYCLE_OPTIONS');

/** Fills in the defaults and refuses what is no number of milliseconds. */
export function resolveLifecycleOptions(options: LifecycleOptions): Required<LifecycleOptions> {
  for (const [name, value] of Object.entries(options)) {
    if (!(name in DEFAULT_LIFECYCLE_OPTIONS)) {
      const known = Object.keys(DEFAULT_LIFECYCLE_OPTIONS).join(', ');
      throw new Error(`LifecycleModule: "${name}" is no option of lifecycle. Use one of ${known}.`);
    }
    if (value !== undefined && !(Number.isFinite(value) && value >= 0)) {
      throw new Error(`LifecycleModule: lifecycle.${name} is ${String(value)}. Give milliseconds, 0 or more.`);
    }
  }
  return { ...DEFAULT_LIFECYCLE_OPTIONS, ...options };
}
