import 'reflect-metadata';
import { setTimeout as sleep } from 'node:timers/promises';
import { type DynamicModule, Global, Module, type Provider, type Type } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { ExpressAdapter } from '@nestjs/platform-express';
import { FastifyAdapter } from '@nestjs/platform-fastify';
import { MANAGEMENT_OPTIONS, ManagementServer } from '#management';
import { leaveProcess, OBSERVATION_OPTIONS, Observations } from '#observation';
import { REDACTION_OPTIONS, type RedactionOptions } from '#redaction';
import type { ExceptionReport } from './exception-report.js';
import type { ExceptionReporter } from './exception-reporter.js';
import { ExceptionTracker } from './exception-tracker.js';
import { ExceptionsModule } from './exceptions.module.js';
import type { ExceptionsOptions } from './exceptions.options.js';
import type { Issue, IssueDetails } from './issue.js';

export const ADAPTERS = [
  ['Express', () => new ExpressAdapter()],
  ['Fastify', () => new FastifyAdapter()],
] as const;

interface Parts {
  /** `'bare'` leaves the whole suite out. */
  readonly options?: ExceptionsOptions | false | 'bare';
  readonly adapter?: ExpressAdapter | FastifyAdapter;
  readonly controllers?: readonly Type[];
  readonly providers?: readonly Provider[];
  readonly redaction?: RedactionOptions | false;
}

/** Keeps the reports that it is told, in the process. */
export class KeptReports implements ExceptionReporter {
  readonly name = 'kept';
  readonly reports: ExceptionReport[] = [];

  report(report: ExceptionReport): void {
    this.reports.push(report);
  }

  async close(): Promise<void> {}
}

function moduleOf({ options, controllers = [], providers = [], redaction }: Parts): Type {
  const settings: Provider[] = [
    { provide: MANAGEMENT_OPTIONS, useValue: { port: 0 } },
    { provide: OBSERVATION_OPTIONS, useValue: { service: { name: 'kitchen', version: '1.2.3', environment: 'test' } } },
    { provide: REDACTION_OPTIONS, useValue: redaction },
  ];
  @Global()
  @Module({ providers: settings, exports: [MANAGEMENT_OPTIONS, OBSERVATION_OPTIONS, REDACTION_OPTIONS] })
  class Settings {}

  const suite: (Type | DynamicModule)[] = options === 'bare' ? [] : [Settings, ExceptionsModule.forRoot(options)];
  @Module({ imports: suite, controllers: [...controllers], providers: [...providers] })
  class App {}
  return App;
}

/** A started app whose exceptions are tracked, and its operators' pages. */
export class TrackedApp implements AsyncDisposable {
  private constructor(
    readonly nest: Awaited<ReturnType<typeof NestFactory.create>>,
    readonly url: string,
    private readonly isBare: boolean,
  ) {}

  static async start(parts: Parts = {}): Promise<TrackedApp> {
    const { adapter = new ExpressAdapter(), options } = parts;
    const nest = await NestFactory.create(moduleOf(parts), adapter as ExpressAdapter, {
      logger: false,
      abortOnError: false,
    });
    await nest.listen(0, '127.0.0.1');
    const { port } = nest.getHttpServer().address() as { port: number };
    return new TrackedApp(nest, `http://127.0.0.1:${port}`, options === 'bare');
  }

  get tracker(): ExceptionTracker {
    return this.nest.get(ExceptionTracker);
  }

  page(path: string, init?: RequestInit): Promise<Response> {
    return fetch(`${this.nest.get(ManagementServer).url}${path}`, init);
  }

  write(path: string, contentType = 'application/json'): Promise<Response> {
    return this.page(path, { method: 'POST', headers: { 'content-type': contentType } });
  }

  async issues(query = ''): Promise<Issue[]> {
    return ((await (await this.page(`/exceptions${query}`)).json()) as { items: Issue[] }).items;
  }

  async issue(id: string): Promise<IssueDetails> {
    return (await (await this.page(`/exceptions/${id}`)).json()) as IssueDetails;
  }

  /** The issues once that many exceptions were counted: what ends a request comes after its answer. */
  async issuesAfter(exceptions: number): Promise<Issue[]> {
    const deadline = Date.now() + 5_000;
    for (;;) {
      const issues = await this.issues();
      const counted = issues.reduce((sum, { count }) => sum + count, 0);
      if (counted >= exceptions || Date.now() > deadline) return issues;
      await sleep(10);
    }
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.nest.close();
    if (!this.isBare) leaveProcess(this.nest.get(Observations));
  }
}
