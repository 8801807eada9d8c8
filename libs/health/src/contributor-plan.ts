import type { ContributorPlan } from './contributor.js';
import type { ContributorOptions } from './contributor.options.js';
import type { HealthIndicator } from './health-indicator.js';
import { checkMilliseconds, type HealthOptions } from './health.options.js';

const NAME = /^[A-Za-z][\w.-]*$/;

export interface DeclaredCheck extends ContributorOptions {
  readonly indicator: HealthIndicator;
  readonly inBackground?: boolean;
  readonly declaredBy: string;
}

/** Completes what was declared of a check, or refuses it with the place. */
export function planOf(declared: DeclaredCheck, defaults: Required<HealthOptions>): ContributorPlan {
  const { indicator, inBackground = false, declaredBy, groups = ['ready'], critical = true } = declared;
  const { timeoutMs = defaults.timeoutMs, intervalMs = defaults.intervalMs } = declared;
  const check = `HealthModule: the check "${indicator.name}" of ${declaredBy}`;
  if (!NAME.test(indicator.name)) {
    throw new Error(
      `HealthModule: ${declaredBy} calls a check ${JSON.stringify(indicator.name)}. ` +
        'Use a name that begins with a letter, of letters, digits, ".", "_" and "-".',
    );
  }
  // The report itself tells under this name that the app is starting.
  if (indicator.name.toLowerCase() === 'lifecycle') throw new Error(`${check} has a name that is taken. Use another.`);
  if (!Array.isArray(groups) || groups.length === 0 || !groups.every((group) => NAME.test(group))) {
    throw new Error(`${check} has the groups ${JSON.stringify(groups)}. Use names like ['ready'].`);
  }
  if (inBackground && groups.includes('live')) {
    throw new Error(`${check} acts for a user, and a restart would not mend what it finds. Leave it out of 'live'.`);
  }
  if (typeof critical !== 'boolean') {
    throw new Error(`${check} has critical ${JSON.stringify(critical)}. Use true or false.`);
  }
  checkMilliseconds(`${check}: timeoutMs`, timeoutMs);
  checkMilliseconds(`${check}: intervalMs`, intervalMs);
  return { indicator, groups, critical, timeoutMs, intervalMs, inBackground, declaredBy };
}
