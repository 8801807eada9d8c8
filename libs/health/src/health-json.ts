import type { ServiceIdentity } from '#observation';
import type { HealthReport, ReportedCheck } from './health-report.js';

export const HEALTH_JSON = 'application/health+json';

const WORDS = { ok: 'pass', up: 'pass', degraded: 'warn', down: 'fail', error: 'fail', shutting_down: 'fail' } as const;

/** A report in the words of the draft "Health Check Response Format for HTTP APIs". */
export function healthJson(report: HealthReport, service: ServiceIdentity): object {
  return {
    status: WORDS[report.status],
    releaseId: service.version,
    serviceId: service.instance,
    description: `health of ${service.name}`,
    ...(report.status === 'shutting_down' ? { output: 'shutting down' } : {}),
    checks: Object.fromEntries(
      Object.entries(report.details).map(([name, check]) => [`${name}:responseTime`, [measured(name, check)]]),
    ),
  };
}

/** Whether a caller names this format, as no other caller would get it. */
export function wantsHealthJson(accept: string | undefined): boolean {
  return (accept ?? '').split(',').some((wish) => {
    const [type, ...parameters] = wish.split(';').map((part) => part.trim().toLowerCase());
    return type === HEALTH_JSON && !parameters.some((one) => /^q=0(\.0*)?$/.test(one));
  });
}

function measured(name: string, { status, responseTime, checkedAt, critical: _critical, ...details }: ReportedCheck) {
  return {
    componentId: name,
    status: WORDS[status],
    ...(responseTime === undefined ? {} : { observedValue: responseTime, observedUnit: 'ms' }),
    ...(checkedAt === undefined ? {} : { time: checkedAt }),
    ...(status === 'up' ? {} : { output: outputOf(details) }),
  };
}

function outputOf(details: Readonly<Record<string, unknown>>): string {
  return typeof details['message'] === 'string' ? details['message'] : JSON.stringify(details);
}
