import { Inject, Injectable, Logger, type OnModuleDestroy, type OnModuleInit } from '@nestjs/common';
import { Lifecycle } from '#lifecycle';
import { ManagementEndpoints } from '#management';
import type { CheckResult } from './check-result.js';
import { planOf } from './contributor-plan.js';
import { givenChecks } from './given-checks.js';
import { HealthChecker } from './health-checker.js';
import { healthEndpoints } from './health.endpoint.js';
import { HEALTH_OPTIONS } from './health.module-definition.js';
import { completeHealthOptions, type HealthOptions } from './health.options.js';
import { MarkedMethods } from './marked-methods.js';

/** Finds the checks when the app starts, shows the pages, logs changes, and stops with the app. */
@Injectable()
export class HealthEdge implements OnModuleInit, OnModuleDestroy {
  readonly #logger = new Logger('Health');

  constructor(
    @Inject(HEALTH_OPTIONS) private readonly options: HealthOptions | false,
    private readonly checker: HealthChecker,
    private readonly marked: MarkedMethods,
    private readonly lifecycle: Lifecycle,
    private readonly endpoints: ManagementEndpoints,
  ) {}

  onModuleInit(): void {
    if (this.options === false) return;
    const options = completeHealthOptions(this.options);
    for (const declared of [...givenChecks(options.contributors), ...this.marked.declared()]) {
      this.checker.add(planOf(declared, options));
    }
    for (const endpoint of healthEndpoints(this.checker)) this.endpoints.add(endpoint);
    this.checker.onChange((result, previous) => this.#log(result, previous));
    this.lifecycle.when('ready', () => this.checker.start());
  }

  onModuleDestroy(): void {
    this.checker.stop();
  }

  #log({ name, status, details }: CheckResult, previous: CheckResult | undefined): void {
    if (status !== 'up') this.#logger.warn({ check: name, status, details }, `${name} is ${status}`);
    else if (previous !== undefined) this.#logger.log({ check: name, status }, `${name} is up again`);
  }
}
