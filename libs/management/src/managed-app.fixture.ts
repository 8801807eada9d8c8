import { Global, type INestApplication, Inject, Module, type OnModuleInit, type Type } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { ExpressAdapter } from '@nestjs/platform-express';
import { FastifyAdapter } from '@nestjs/platform-fastify';
import { leaveProcess, type Observation, Observations } from '#observation';
import type { ManagementEndpoint } from './management-endpoint.js';
import { ManagementEndpoints } from './management-endpoints.js';
import { ManagementServer } from './management-server.js';
import { ManagementModule } from './management.module.js';
import { MANAGEMENT_OPTIONS, type ManagementOptions } from './management.options.js';
import { type RawRequest, type RawResponse, send } from './raw-request.fixture.js';

export const ADAPTERS = [
  ['Express', () => new ExpressAdapter()],
  ['Fastify', () => new FastifyAdapter()],
] as const;

export interface ManagedAppParts {
  readonly options?: ManagementOptions | false;
  readonly adapter?: ExpressAdapter | FastifyAdapter;
  readonly pages?: readonly ManagementEndpoint[];
  readonly controllers?: readonly Type[];
  readonly imports?: readonly Type[];
  /** Runs between the creation of the app and its start, where a user's `main.ts` sets it up. */
  readonly setUp?: (nest: INestApplication) => void;
}

/** The module of an app with pages that are added, as patterns add theirs, in `onModuleInit`. */
export function managedModule({ options, pages = [], controllers = [], imports = [] }: ManagedAppParts): Type {
  @Global()
  @Module({
    providers: options === undefined ? [] : [{ provide: MANAGEMENT_OPTIONS, useValue: options }],
    exports: options === undefined ? [] : [MANAGEMENT_OPTIONS],
  })
  class Settings {}

  @Module({ imports: [Settings, ManagementModule, ...imports], controllers: [...controllers] })
  class App implements OnModuleInit {
    constructor(@Inject(ManagementEndpoints) private readonly endpoints: ManagementEndpoints) {}

    onModuleInit(): void {
      for (const page of pages) this.endpoints.add(page);
    }
  }
  return App;
}

/** An app with operators' pages, and the list of what it observed. */
export class ManagedApp implements AsyncDisposable {
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

  static async start(parts: ManagedAppParts = {}): Promise<ManagedApp> {
    const { adapter = new ExpressAdapter() } = parts;
    const nest = await NestFactory.create(managedModule(parts), adapter as ExpressAdapter, {
      logger: false,
      abortOnError: false,
    });
    try {
      parts.setUp?.(nest);
      await nest.listen(0, '127.0.0.1');
    } catch (error) {
      leaveProcess(nest.get(Observations));
      throw error;
    }
    return new ManagedApp(nest, `http://127.0.0.1:${(nest.getHttpServer().address() as { port: number }).port}`);
  }

  get pagesUrl(): string | undefined {
    return this.nest.get(ManagementServer).url;
  }

  send(path: string, request?: RawRequest): Promise<RawResponse> {
    return send(this.url + path, request);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.nest.close();
    leaveProcess(this.nest.get(Observations));
  }
}
