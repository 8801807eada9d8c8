import 'reflect-metadata';
import { Global, Module, type ModuleMetadata, type Provider, type Type } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { ExpressAdapter } from '@nestjs/platform-express';
import { FastifyAdapter } from '@nestjs/platform-fastify';
import { setTimeout as sleep } from 'node:timers/promises';
import { MANAGEMENT_OPTIONS, ManagementServer } from '#management';
import { leaveProcess, OBSERVATION_OPTIONS, Observations } from '#observation';
import { type ReadFamily, readExposition, type ReadSample } from './exposition-reader.fixture.js';
import { MetricRegistry } from './metric-registry.js';
import { MetricsModule } from './metrics.module.js';
import type { MetricsOptions } from './metrics.options.js';

export const ADAPTERS = [
  ['Express', () => new ExpressAdapter()],
  ['Fastify', () => new FastifyAdapter()],
] as const;

export const OPEN_METRICS_ACCEPT = 'application/openmetrics-text;version=1.0.0';

interface Parts {
  readonly options?: MetricsOptions | false;
  readonly adapter?: ExpressAdapter | FastifyAdapter;
  readonly imports?: NonNullable<ModuleMetadata['imports']>;
  readonly providers?: readonly Provider[];
  readonly controllers?: readonly Type[];
  readonly service?: string;
}

function moduleOf({ options, imports = [], providers = [], controllers = [], service = 'kitchen' }: Parts): Type {
  const settings: Provider[] = [
    { provide: MANAGEMENT_OPTIONS, useValue: { port: 0 } },
    {
      provide: OBSERVATION_OPTIONS,
      useValue: { service: { name: service, version: '1.2.3', environment: 'test', instance: 'one' } },
    },
  ];
  @Global()
  @Module({ providers: settings, exports: [MANAGEMENT_OPTIONS, OBSERVATION_OPTIONS] })
  class Settings {}

  // The user's providers come first, as Nest makes them first.
  @Module({
    imports: [Settings, MetricsModule.forRoot(options), ...imports],
    providers: [...providers],
    controllers: [...controllers],
  })
  class App {}
  return App;
}

/** A started app with metrics, and its page as a scraper sees it. */
export class MeasuredApp implements AsyncDisposable {
  private constructor(
    readonly nest: Awaited<ReturnType<typeof NestFactory.create>>,
    readonly url: string,
  ) {}

  static async start(parts: Parts = {}): Promise<MeasuredApp> {
    const { adapter = new ExpressAdapter() } = parts;
    const nest = await NestFactory.create(moduleOf(parts), adapter as ExpressAdapter, {
      logger: false,
      abortOnError: false,
    });
    try {
      await nest.listen(0, '127.0.0.1');
    } catch (error) {
      leaveProcess(nest.get(Observations));
      throw error;
    }
    return new MeasuredApp(nest, `http://127.0.0.1:${(nest.getHttpServer().address() as { port: number }).port}`);
  }

  get observations(): Observations {
    return this.nest.get(Observations);
  }

  get metrics(): MetricRegistry {
    return this.nest.get(MetricRegistry);
  }

  async scrape(accept?: string): Promise<Response> {
    return fetch(`${this.nest.get(ManagementServer).url}/metrics`, { headers: accept ? { accept } : {} });
  }

  async families(accept?: string): Promise<ReadFamily[]> {
    return readExposition(await (await this.scrape(accept)).text());
  }

  /** The samples under a name that have at least these labels. */
  async samples(name: string, labels: Record<string, string> = {}, accept?: string): Promise<ReadSample[]> {
    const all = (await this.families(accept)).flatMap(({ samples }) => samples);
    return all.filter(
      (one) => one.name === name && Object.entries(labels).every(([key, is]) => one.labels[key] === is),
    );
  }

  async value(name: string, labels: Record<string, string> = {}): Promise<number | undefined> {
    const [first, ...rest] = await this.samples(name, labels);
    if (rest.length > 0) throw new Error(`${name} has ${rest.length + 1} series with ${JSON.stringify(labels)}`);
    return first?.value;
  }

  /** Waits until a value is there: what ends an observation comes after the answer. */
  async reaches(name: string, labels: Record<string, string>, wanted: number): Promise<number | undefined> {
    const deadline = Date.now() + 5_000;
    while ((await this.value(name, labels)) !== wanted && Date.now() < deadline) await sleep(10);
    return this.value(name, labels);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.nest.close();
    leaveProcess(this.nest.get(Observations));
  }
}
