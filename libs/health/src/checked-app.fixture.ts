import 'reflect-metadata';
import { Global, type INestApplication, Module, type Provider, type Type } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { ExpressAdapter } from '@nestjs/platform-express';
import { FastifyAdapter } from '@nestjs/platform-fastify';
import { Lifecycle } from '#lifecycle';
import { MANAGEMENT_OPTIONS, type ManagementOptions, ManagementServer } from '#management';
import { leaveProcess, type Observation, Observations } from '#observation';
import { HealthChecker } from './health-checker.js';
import { HealthModule } from './health.module.js';
import type { HealthOptions } from './health.options.js';

export const ADAPTERS = [
  ['Express', () => new ExpressAdapter()],
  ['Fastify', () => new FastifyAdapter()],
] as const;

interface Parts {
  readonly options?: HealthOptions | false;
  readonly management?: ManagementOptions | false;
  readonly adapter?: ExpressAdapter | FastifyAdapter;
  readonly providers?: readonly Provider[];
  readonly controllers?: readonly Type[];
}

/** One answer of a health page. */
export interface HealthAnswer {
  readonly status: number;
  readonly type: string | null;
  readonly text: string;
  readonly body: Record<string, any>;
}

export function checkedModule({ options, management = { port: 0 }, providers = [], controllers = [] }: Parts): Type {
  @Global()
  @Module({ providers: [{ provide: MANAGEMENT_OPTIONS, useValue: management }], exports: [MANAGEMENT_OPTIONS] })
  class Settings {}

  @Module({
    imports: [Settings, HealthModule.forRoot(options)],
    providers: [...providers],
    controllers: [...controllers],
  })
  class App {}
  return App;
}

/** A started app with health checks, seen from both of its ports. */
export class CheckedApp implements AsyncDisposable {
  readonly observed: Observation[] = [];

  private constructor(
    readonly nest: INestApplication,
    readonly url: string,
  ) {
    nest.get(Observations).register({
      component: 'spec',
      aspects: [],
      stopped: (observation) => void this.observed.push(observation),
    });
  }

  static async start(parts: Parts = {}): Promise<CheckedApp> {
    const { adapter = new ExpressAdapter() } = parts;
    const nest = await NestFactory.create(checkedModule(parts), adapter as ExpressAdapter, {
      logger: false,
      abortOnError: false,
    });
    try {
      await nest.listen(0, '127.0.0.1');
    } catch (error) {
      leaveProcess(nest.get(Observations));
      throw error;
    }
    return new CheckedApp(nest, `http://127.0.0.1:${(nest.getHttpServer().address() as { port: number }).port}`);
  }

  get checker(): HealthChecker {
    return this.nest.get(HealthChecker);
  }

  get lifecycle(): Lifecycle {
    return this.nest.get(Lifecycle);
  }

  /** Asks the app's own port, as a probe does. */
  probe(path: string, headers: Record<string, string> = {}): Promise<HealthAnswer> {
    return ask(this.url + path, headers);
  }

  /** Asks the management server, as an operator does. */
  look(path: string, headers: Record<string, string> = {}): Promise<HealthAnswer> {
    return ask(this.nest.get(ManagementServer).url + path, headers);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.nest.close();
    leaveProcess(this.nest.get(Observations));
  }
}

async function ask(url: string, headers: Record<string, string>): Promise<HealthAnswer> {
  const response = await fetch(url, { headers });
  const text = await response.text();
  const type = response.headers.get('content-type');
  const body = type?.includes('json') ? (JSON.parse(text) as Record<string, any>) : {};
  return { status: response.status, type, text, body };
}
