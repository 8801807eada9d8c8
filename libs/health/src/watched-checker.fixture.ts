import { Lifecycle } from '#lifecycle';
import { Observations } from '#observation';
import { Redactor } from '#redaction';
import { type DeclaredCheck, planOf } from './contributor-plan.js';
import type { ContributorOptions } from './contributor.options.js';
import { HealthChecker } from './health-checker.js';
import { completeHealthOptions } from './health.options.js';
import { FunctionIndicator } from './indicators/function.indicator.js';
import { SafeDetails } from './safe-details.js';

/** A checker of an app that is ready, without an app around it. */
export class WatchedChecker {
  readonly lifecycle = new Lifecycle();
  readonly observations = new Observations({ name: 'spec', version: '1', environment: 'test', instance: '1' });
  readonly checker = new HealthChecker(this.lifecycle, this.observations, new SafeDetails(new Redactor()));

  constructor() {
    this.lifecycle.advance('ready');
  }

  /** Adds a check; by default its results are not served twice. */
  add(
    name: string,
    check: (signal: AbortSignal) => unknown,
    options: ContributorOptions & Pick<DeclaredCheck, 'inBackground'> = {},
  ): this {
    const indicator = new FunctionIndicator(name, check);
    const declared: DeclaredCheck = { intervalMs: 1, ...options, indicator, declaredBy: 'the spec' };
    this.checker.add(planOf(declared, completeHealthOptions({})));
    return this;
  }
}
