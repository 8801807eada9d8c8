import 'reflect-metadata';
import { Global, Module, type Type } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { describe, expect, it } from 'vitest';
import { HealthModule, type HealthOptions } from '#health';
import { MANAGEMENT_OPTIONS, ManagementServer } from '#management';
import { MetricsModule } from '#metrics';
import { leaveProcess, Observations } from '#observation';
import { HealthToMetricsBridge } from './health-to-metrics.bridge.js';

function moduleWith(health: HealthOptions | false): Type {
  @Global()
  @Module({ providers: [{ provide: MANAGEMENT_OPTIONS, useValue: { port: 0 } }], exports: [MANAGEMENT_OPTIONS] })
  class Settings {}

  @Module({
    imports: [Settings, HealthModule.forRoot(health), MetricsModule.forRoot({ runtime: false })],
    providers: [HealthToMetricsBridge],
  })
  class App {}
  return App;
}

/** The lines of the gauge, as scrapers see them one after the other. */
async function scrape(health: HealthOptions | false, times = 1): Promise<string[][]> {
  const context = await NestFactory.createApplicationContext(moduleWith(health), { logger: false });
  const pages: string[] = [];
  for (let round = 0; round < times; round++) {
    pages.push(await (await fetch(`${context.get(ManagementServer).url}/metrics`)).text());
  }
  await context.close();
  leaveProcess(context.get(Observations));
  return pages.map((page) => page.split('\n').filter((line) => line.startsWith('health_check_status')));
}

describe('HealthToMetricsBridge', () => {
  it('shows each check with its status, fresh at each scrape', async () => {
    const statuses = ['up', 'down'];
    const contributors = [
      { name: 'database', check: () => ({ status: statuses.shift() }) },
      { name: 'search', check: () => ({ status: 'degraded' }) },
    ];
    const [first, second] = await scrape({ contributors, intervalMs: 1 }, 2);
    expect(first).toEqual(['health_check_status{check="database"} 1', 'health_check_status{check="search"} 0.5']);
    expect(second![0]).toBe('health_check_status{check="database"} 0');
  });

  it('shows the last result of a check that is late, and the others in time', async () => {
    const answers = [Promise.resolve(true), new Promise(() => {})];
    const contributors = [
      { name: 'slow', check: () => answers.shift(), timeoutMs: 60_000 },
      { name: 'quick', check: () => true },
    ];
    const [, second] = await scrape({ contributors, intervalMs: 1 }, 2);
    expect(second).toEqual(['health_check_status{check="slow"} 1', 'health_check_status{check="quick"} 1']);
  });

  it.each([[false as const], [{}]])('has no gauge with health %j', async (health) => {
    expect(await scrape(health)).toEqual([[]]);
  });
});
