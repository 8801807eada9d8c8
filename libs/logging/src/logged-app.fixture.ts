import { setTimeout as sleep } from 'node:timers/promises';
import { Global, type INestApplication, Module, type Type } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { ExpressAdapter } from '@nestjs/platform-express';
import { FastifyAdapter } from '@nestjs/platform-fastify';
import { ManagementServer, MANAGEMENT_OPTIONS } from '#management';
import { Observations, OBSERVATION_OPTIONS } from '#observation';
import { REDACTION_OPTIONS, type RedactionOptions } from '#redaction';
import { installLogger } from './install-logger.js';
import { OrdersController, PricesService } from './logged-orders.fixture.js';
import { LoggingModule } from './logging.module.js';
import type { LoggingOptions } from './logging.options.js';

export interface Line {
  level: number;
  time: number;
  msg: string;
  service: string;
  context?: string;
  trace_id?: string;
  span_id?: string;
  trace_flags?: string;
  request_id?: string;
  [field: string]: unknown;
}

export interface LoggedAppOptions {
  readonly name?: string;
  readonly logging?: LoggingOptions | false;
  readonly redaction?: RedactionOptions | false;
  readonly adapter?: ExpressAdapter | FastifyAdapter;
  /** Plays the part of tracing. */
  readonly traced?: boolean;
  readonly install?: boolean;
  readonly controllers?: readonly Type[];
}

/** An app whose log lines are kept in memory. */
export class LoggedApp implements AsyncDisposable {
  private constructor(
    readonly nest: INestApplication,
    readonly lines: Line[],
    readonly raw: string[],
    readonly url: string,
  ) {}

  static async start(options: LoggedAppOptions = {}): Promise<LoggedApp> {
    const { name = 'order', logging = {}, redaction, adapter = new ExpressAdapter(), install = true } = options;
    const lines: Line[] = [];
    const raw: string[] = [];
    const destination = {
      write(line: string): void {
        raw.push(line);
        lines.push(JSON.parse(line) as Line);
      },
    };

    @Global()
    @Module({
      providers: [
        { provide: MANAGEMENT_OPTIONS, useValue: { port: 0 } },
        { provide: OBSERVATION_OPTIONS, useValue: { service: { name } } },
        { provide: REDACTION_OPTIONS, useValue: redaction },
      ],
      exports: [MANAGEMENT_OPTIONS, OBSERVATION_OPTIONS, REDACTION_OPTIONS],
    })
    class Settings {}

    @Module({
      imports: [Settings, LoggingModule.forRoot(logging === false ? false : { destination, ...logging })],
      controllers: [...(options.controllers ?? [OrdersController])],
      providers: [PricesService],
    })
    class AppModule {}

    const nest = await NestFactory.create(AppModule, adapter as ExpressAdapter, {
      bufferLogs: true,
      abortOnError: false,
    });
    if (options.traced) playTracing(nest.get(Observations));
    if (install) installLogger(nest);
    await nest.listen(0, '127.0.0.1');
    const { port } = nest.getHttpServer().address() as { port: number };
    return new LoggedApp(nest, lines, raw, `http://127.0.0.1:${port}`);
  }

  get managementUrl(): string {
    return this.nest.get(ManagementServer).url!;
  }

  get(path: string, init?: RequestInit): Promise<Response> {
    return fetch(this.url + path, init);
  }

  /** Asks and waits for the line that closes the request. */
  async ask(path: string, init?: RequestInit): Promise<{ response: Response; lines: Line[]; closing: Line }> {
    const response = await this.get(path, init);
    await response.text();
    const requestId = response.headers.get('x-request-id');
    const own = (): Line[] => this.lines.filter((line) => line.request_id === requestId);
    const closing = await this.line(
      (line) => line.request_id === requestId && 'duration_ms' in line && line.context === 'AccessLog',
    );
    return { response, lines: own(), closing };
  }

  /** Waits for a line. */
  async line(wanted: (line: Line) => boolean): Promise<Line> {
    const deadline = Date.now() + 5_000;
    for (;;) {
      const found = this.lines.find(wanted);
      if (found !== undefined) return found;
      if (Date.now() > deadline) throw new Error(`No such line among:\n${this.raw.join('')}`);
      await sleep(2);
    }
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.nest.close();
  }
}

let spans = 0;

function playTracing(observations: Observations): void {
  observations.register({
    component: 'spec',
    aspects: [],
    started(observation) {
      spans += 1;
      const spanId = spans.toString(16).padStart(16, '0');
      observation.trace = { traceId: 'ab'.repeat(16), spanId, traceFlags: 1 };
    },
  });
}

export const ADAPTERS = [
  ['Express', () => new ExpressAdapter()],
  ['Fastify', () => new FastifyAdapter()],
] as const;
