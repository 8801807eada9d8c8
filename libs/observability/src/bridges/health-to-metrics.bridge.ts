import { Injectable, type OnApplicationBootstrap } from '@nestjs/common';
import { setTimeout as sleep } from 'node:timers/promises';
import { type CheckStatus, HealthChecker } from '#health';
import { MetricRegistry } from '#metrics';

const VALUES: Readonly<Record<CheckStatus, number>> = { up: 1, degraded: 0.5, down: 0 };
/** A scraper gets the last result of a check that takes longer. */
const PATIENCE_MS = 250;

/** Shows each health check as a gauge, `health_check_status`; to scrape is to ask, as at `/health`. */
@Injectable()
export class HealthToMetricsBridge implements OnApplicationBootstrap {
  constructor(
    private readonly checker: HealthChecker,
    private readonly metrics: MetricRegistry,
  ) {}

  /** All checks are known by now; with none, or with health switched off, there is no gauge either. */
  onApplicationBootstrap(): void {
    const { checker } = this;
    if (checker.names().length === 0) return;
    const gauge = this.metrics.gauge({
      name: 'health_check_status',
      description: 'How a health check ended: 1 is up, 0.5 degraded, 0 down.',
      labels: ['check'],
      declaredBy: 'ObservabilityModule',
      async collect() {
        await Promise.race([checker.check(), sleep(PATIENCE_MS, undefined, { ref: false })]);
        for (const { name, status } of checker.results()) gauge.set({ check: name }, VALUES[status]);
      },
    });
  }
}
