import type { CheckResult } from './check-result.js';
import type { CheckStatus, HealthStatus } from './health-status.js';

/** What a report tells of one check, beside what the check tells itself. */
export interface ReportedCheck {
  readonly status: CheckStatus;
  readonly responseTime?: number;
  readonly checkedAt?: string;
  /** Only told, as false, of a check that the service can do without. */
  readonly critical?: false;
  readonly [detail: string]: unknown;
}

type ReportedChecks = Readonly<Record<string, ReportedCheck>>;

/** The health of a group of checks, in the shape that terminus made known. */
export interface HealthReport {
  readonly status: HealthStatus;
  /** What serves. */
  readonly info: ReportedChecks;
  /** What does not. */
  readonly error: ReportedChecks;
  readonly details: ReportedChecks;
}

/** Where the app stands, as far as it decides about a report. */
export type Standing = 'starting' | 'serving' | 'stopping';

/** Sums results up: the worst critical one decides, and the app itself comes before all of them. */
export function reportOf(results: readonly CheckResult[], standing: Standing): HealthReport {
  const entries = results.map((result) => [result.name, reported(result)] as const);
  if (standing === 'starting') entries.push(['lifecycle', { status: 'down', message: 'the app is starting' }]);
  const isDown = ([, { status }]: (typeof entries)[number]): boolean => status === 'down';
  return {
    status: standing === 'stopping' ? 'shutting_down' : standing === 'starting' ? 'error' : statusOf(results),
    info: Object.fromEntries(entries.filter((entry) => !isDown(entry))),
    error: Object.fromEntries(entries.filter(isDown)),
    details: Object.fromEntries(entries),
  };
}

/** Whether requests are welcome, in HTTP's words. */
export function httpStatusOf(status: HealthStatus): 200 | 503 {
  return status === 'ok' || status === 'degraded' ? 200 : 503;
}

function statusOf(results: readonly CheckResult[]): HealthStatus {
  if (results.some(({ status, critical }) => status === 'down' && critical)) return 'error';
  return results.every(({ status }) => status === 'up') ? 'ok' : 'degraded';
}

function reported({ status, critical, details, durationMs, checkedAt }: CheckResult): ReportedCheck {
  return {
    ...details,
    status,
    responseTime: Math.round(durationMs),
    checkedAt: checkedAt.toISOString(),
    ...(critical ? {} : { critical }),
  };
}
