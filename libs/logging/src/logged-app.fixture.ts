import { setTimeout as sleep } from 'node:timers/promises';
import {
  Body,
  Controller,
  ForbiddenException,
  Get,
  Global,
  type INestApplication,
  Injectable,
  Logger,
  Module,
  Param,
  Post,
  type Type,
} from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { ExpressAdapter } from '@nestjs/platform-express';
import { FastifyAdapter } from '@nestjs/platform-fastify';
import { InjectPinoLogger, PinoLogger } from 'nestjs-pino';
import { ManagementServer, MANAGEMENT_OPTIONS } from '#management';
import { NotLogged, Observations, Observed, OBSERVATION_OPTIONS } from '#observation';
import { REDACTION_OPTIONS, type RedactionOptions } from '#redaction';
import { installLogger } from './install-logger.js';
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

@Injectable()
export class PricesService {
  constructor(@InjectPinoLogger('PricesService') readonly pino: PinoLogger) {}

  @Observed('order.price')
  async price(sku: string): Promise<number> {
    await sleep(1);
    if (sku === 'broken') throw new RangeError('no price for password=hunter2');
    this.pino.assign({ sku });
    this.pino.info('priced');
    return 3;
  }
}

@Controller('orders')
export class OrdersController {
  readonly logger = new Logger('OrdersController');

  constructor(
    readonly prices: PricesService,
    readonly pino: PinoLogger,
  ) {
    pino.setContext('OrdersPino');
  }

  @Get('forbidden')
  forbidden(): never {
    throw new ForbiddenException();
  }

  @Get('crash')
  crash(): never {
    throw new TypeError('no such thing');
  }

  @Get('quiet')
  @NotLogged()
  quiet(): string {
    this.logger.log('in the quiet');
    return 'quiet';
  }

  @Get('slow')
  async slow(): Promise<string> {
    await sleep(300);
    return 'late';
  }

  @Get('price/:sku')
  async price(@Param('sku') sku: string): Promise<number> {
    const price = await this.prices.price(sku);
    this.logger.log('told the price');
    return price;
  }

  @Get(':id')
  async read(@Param('id') id: string): Promise<string> {
    this.pino.assign({ orderId: id });
    this.logger.log(`reading ${id}`);
    await sleep(Math.random() * 10);
    this.pino.info({ step: 2 }, 'read %s', id);
    return id;
  }

  @Post()
  place(@Body() body: unknown): string {
    this.logger.log(body as object);
    return 'placed';
  }
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
