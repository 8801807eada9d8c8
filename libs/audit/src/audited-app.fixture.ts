import 'reflect-metadata';
import { setTimeout as sleep } from 'node:timers/promises';
import { type ExecutionContext, Global, type INestApplication, Module, type Provider, type Type } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { ExpressAdapter } from '@nestjs/platform-express';
import { FastifyAdapter } from '@nestjs/platform-fastify';
import { MANAGEMENT_OPTIONS, ManagementServer } from '#management';
import { leaveProcess, OBSERVATION_OPTIONS, Observations } from '#observation';
import { REDACTION_OPTIONS, type RedactionOptions } from '#redaction';
import type { AuditRecord } from './audit-record.js';
import type { AuditStore } from './audit-store.js';
import { AuditModule } from './audit.module.js';
import type { AuditOptions } from './audit.options.js';
import { MemoryStore } from './stores/memory.store.js';

export const ADAPTERS = [
  ['Express', () => new ExpressAdapter()],
  ['Fastify', () => new FastifyAdapter()],
] as const;

interface Parts {
  readonly options?: AuditOptions | false;
  /** @default a store in memory */
  readonly store?: AuditStore;
  readonly redaction?: RedactionOptions | false;
  readonly adapter?: ExpressAdapter | FastifyAdapter;
  readonly providers?: readonly Provider[];
  readonly controllers?: readonly Type[];
}

function moduleOf({ options, redaction, providers = [], controllers = [] }: Parts): Type {
  const settings: Provider[] = [
    { provide: MANAGEMENT_OPTIONS, useValue: { port: 0 } },
    {
      provide: OBSERVATION_OPTIONS,
      useValue: { service: { name: 'kitchen', version: '1.2.3', environment: 'test', instance: 'one' } },
    },
    { provide: REDACTION_OPTIONS, useValue: redaction },
  ];
  @Global()
  @Module({ providers: settings, exports: [MANAGEMENT_OPTIONS, OBSERVATION_OPTIONS, REDACTION_OPTIONS] })
  class Settings {}

  @Module({
    imports: [Settings, AuditModule.forRoot(options)],
    providers: [...providers],
    controllers: [...controllers],
  })
  class App {}
  return App;
}

/** The guard of a user: the token is the name of the user, and a guest may do nothing. */
export function authenticate(context: ExecutionContext): boolean {
  const request = context.switchToHttp().getRequest<{ headers: Record<string, string>; user?: { id: string } }>();
  const name = request.headers['authorization'];
  if (name !== undefined) request.user = { id: name };
  return name !== 'guest';
}

/** A started app with an audit log. */
export class AuditedApp implements AsyncDisposable {
  private constructor(
    readonly nest: INestApplication,
    readonly memory: MemoryStore,
  ) {}

  static async start(parts: Parts = {}): Promise<AuditedApp> {
    const { adapter = new ExpressAdapter() } = parts;
    const memory = new MemoryStore();
    const options = parts.options === false ? false : { ...parts.options };
    if (options && options.file === undefined && options.postgres === undefined) options.store = parts.store ?? memory;
    const nest = await NestFactory.create(moduleOf({ ...parts, options }), adapter as ExpressAdapter, {
      logger: false,
      abortOnError: false,
    });
    try {
      await nest.listen(0, '127.0.0.1');
    } catch (error) {
      leaveProcess(nest.get(Observations));
      throw error;
    }
    return new AuditedApp(nest, memory);
  }

  get observations(): Observations {
    return this.nest.get(Observations);
  }

  async fetch(path: string, user?: string, init: RequestInit = {}): Promise<Response> {
    const { port } = this.nest.getHttpServer().address() as { port: number };
    const headers = { ...(user === undefined ? {} : { authorization: user }), ...(init.headers as object) };
    return fetch(`http://127.0.0.1:${port}${path}`, { ...init, headers });
  }

  async page(path: string): Promise<Response> {
    return fetch(`${this.nest.get(ManagementServer).url}${path}`);
  }

  /** Waits for as many records, and a moment longer for one too many. */
  async records(count: number): Promise<AuditRecord[]> {
    const deadline = Date.now() + 5_000;
    while (this.memory.records.length < count && Date.now() < deadline) await sleep(5);
    await sleep(60);
    return this.memory.records.map(({ record }) => record);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.nest.close();
    leaveProcess(this.nest.get(Observations));
  }
}
