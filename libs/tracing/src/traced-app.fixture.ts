import 'reflect-metadata';
import { setTimeout as sleep } from 'node:timers/promises';
import { Global, type INestApplication, Module, type ModuleMetadata, type Provider, type Type } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { ExpressAdapter } from '@nestjs/platform-express';
import { FastifyAdapter } from '@nestjs/platform-fastify';
import type { ReadableSpan, SpanProcessor } from '@opentelemetry/sdk-trace';
import { LIFECYCLE_OPTIONS, type LifecycleOptions } from '#lifecycle';
import { MANAGEMENT_OPTIONS, ManagementServer } from '#management';
import { Frame, leaveProcess, OBSERVATION_OPTIONS, Observations, type PeerTrust, runInFrame } from '#observation';
import { TracingModule } from './tracing.module.js';
import type { TracingOptions } from './tracing.options.js';
import { Tracing } from './tracing.js';

export const ADAPTERS = [
  ['Express', () => new ExpressAdapter()],
  ['Fastify', () => new FastifyAdapter()],
] as const;

export interface TracedAppParts {
  readonly options?: TracingOptions | false;
  readonly adapter?: ExpressAdapter | FastifyAdapter;
  readonly imports?: NonNullable<ModuleMetadata['imports']>;
  readonly providers?: readonly Provider[];
  readonly controllers?: readonly Type[];
  readonly service?: string;
  readonly peers?: PeerTrust;
  readonly lifecycle?: LifecycleOptions;
}

/** Keeps the sampled spans of one app in the order in which they ended. */
export class CollectedSpans implements SpanProcessor {
  readonly spans: ReadableSpan[] = [];

  onStart(): void {}

  onEnd(span: ReadableSpan): void {
    this.spans.push(span);
  }

  async forceFlush(): Promise<void> {}

  async shutdown(): Promise<void> {}
}

/** Does what a program elsewhere would do: nobody here observes it. */
export function elsewhere<T>(work: () => T): T {
  return runInFrame(new Frame(undefined, undefined, undefined, true), work);
}

/** A started app with tracing, and the spans that it made. */
export class TracedApp implements AsyncDisposable {
  readonly collected = new CollectedSpans();
  #nest: INestApplication | undefined;

  static async start(parts: TracedAppParts = {}): Promise<TracedApp> {
    const app = new TracedApp();
    await app.#start(parts);
    return app;
  }

  get nest(): INestApplication {
    return this.#nest!;
  }

  get observations(): Observations {
    return this.nest.get(Observations);
  }

  get tracing(): Tracing {
    return this.nest.get(Tracing);
  }

  get spans(): readonly ReadableSpan[] {
    return this.collected.spans;
  }

  get port(): number {
    return (this.nest.getHttpServer().address() as { port: number }).port;
  }

  get url(): string {
    return `http://127.0.0.1:${this.port}`;
  }

  /** Sends a request as another program would, and reads the whole answer. */
  async request(path: string, init?: RequestInit): Promise<Response> {
    return elsewhere(async () => {
      const response = await fetch(this.url + path, init);
      const body = await response.arrayBuffer();
      return new Response(response.status === 204 ? null : body, response);
    });
  }

  async observationsPage(query = ''): Promise<{ items: Record<string, unknown>[]; next?: string }> {
    const { url } = this.nest.get(ManagementServer);
    return elsewhere(async () => (await fetch(`${url}/observations${query}`)).json()) as never;
  }

  /** Waits for as many spans, and a moment longer for one too many. */
  async ended(count: number): Promise<readonly ReadableSpan[]> {
    const deadline = Date.now() + 5_000;
    while (this.spans.length < count && Date.now() < deadline) await sleep(5);
    await sleep(30);
    return this.spans;
  }

  span(name: string): ReadableSpan {
    const found = this.spans.filter((span) => span.name === name);
    if (found.length !== 1) {
      throw new Error(
        `${found.length} spans are called "${name}" among ${this.spans.map((one) => one.name).join(', ')}`,
      );
    }
    return found[0]!;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.nest.close();
    leaveProcess(this.observations);
  }

  async #start({ adapter = new ExpressAdapter(), ...parts }: TracedAppParts): Promise<void> {
    const nest = await NestFactory.create(this.#moduleOf(parts), adapter as ExpressAdapter, {
      logger: false,
      abortOnError: false,
    });
    this.#nest = nest;
    try {
      await nest.listen(0, '127.0.0.1');
    } catch (error) {
      leaveProcess(this.observations);
      throw error;
    }
  }

  #moduleOf({ options = {}, service = 'order', peers = 'private', lifecycle, ...parts }: TracedAppParts): Type {
    const identity = { name: service, version: '1.2.3', environment: 'test', instance: 'one' };
    const settings: Provider[] = [
      { provide: MANAGEMENT_OPTIONS, useValue: { port: 0 } },
      { provide: OBSERVATION_OPTIONS, useValue: { service: identity, trust: { peers } } },
      { provide: LIFECYCLE_OPTIONS, useValue: lifecycle },
    ];
    @Global()
    @Module({ providers: settings, exports: [MANAGEMENT_OPTIONS, OBSERVATION_OPTIONS, LIFECYCLE_OPTIONS] })
    class Settings {}

    const spanProcessors = [this.collected, ...((options || {}).spanProcessors ?? [])];
    const tracing = options === false ? false : { ...options, spanProcessors };
    @Module({
      imports: [Settings, TracingModule.forRoot(tracing), ...(parts.imports ?? [])],
      providers: [...(parts.providers ?? [])],
      controllers: [...(parts.controllers ?? [])],
    })
    class App {}
    return App;
  }
}
