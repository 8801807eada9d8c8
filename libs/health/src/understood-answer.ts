import type { CheckAnswer } from './check-result.js';
import type { CheckStatus } from './health-status.js';

const SEVERITY: readonly CheckStatus[] = ['up', 'degraded', 'down'];

type Stated = Readonly<Record<string, unknown>> & { readonly status: CheckStatus };

/**
 * Understands what a check returned: nothing at all or true (up), false (down), an object with a `status`, what an
 * indicator of this package or of terminus gives. Anything else, the row of a query perhaps, means up and is shown to nobody.
 */
export function understandAnswer(answer: unknown): CheckAnswer {
  if (answer === false) return { status: 'down' };
  if (isStated(answer)) return stated(answer);
  if (typeof answer !== 'object' || answer === null) return { status: 'up' };
  const parts = Object.entries(answer);
  if (parts.length === 0 || !parts.every((part): part is [string, Stated] => isStated(part[1])))
    return { status: 'up' };
  if (parts.length === 1) return stated(parts[0]![1]);
  const worst = Math.max(...parts.map(([, { status }]) => SEVERITY.indexOf(status)));
  return { status: SEVERITY[worst]!, details: answer as Record<string, unknown> };
}

function isStated(value: unknown): value is Stated {
  return typeof value === 'object' && value !== null && SEVERITY.includes((value as Stated).status);
}

function stated({ status, ...told }: Stated): CheckAnswer {
  const { details } = told;
  if (Object.keys(told).length === 1 && typeof details === 'object' && details !== null) {
    return { status, details: details as CheckAnswer['details'] };
  }
  // terminus measures and caches on its own account; the time that is told is that of the whole check.
  const { responseTime: _time, cachedResponse: _cached, ...rest } = told;
  return { status, details: rest };
}
