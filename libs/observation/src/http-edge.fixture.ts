import {
  BadRequestException,
  type CanActivate,
  Catch,
  Controller,
  type ExceptionFilter,
  ForbiddenException,
  Get,
  type INestApplication,
  Injectable,
  Module,
  Param,
  ParseIntPipe,
  Post,
  type Type,
  UseFilters,
  UseGuards,
  VersioningType,
} from '@nestjs/common';
import { APP_GUARD, NestFactory } from '@nestjs/core';
import { ExpressAdapter } from '@nestjs/platform-express';
import { FastifyAdapter } from '@nestjs/platform-fastify';
import { setTimeout as sleep } from 'node:timers/promises';
import { currentObservation, leaveProcess } from './process-wide.js';
import type { HttpServerObservation } from './http-server-observation.js';
import { ObservationModule } from './observation.module.js';
import { Observations } from './observations.js';

class TeapotError extends Error {}

@Catch(TeapotError)
class TeapotFilter implements ExceptionFilter {
  catch(_error: unknown, host: never): void {
    const response = (
      host as { getArgByIndex(index: number): { status(code: number): { send(body: string): void } } }
    ).getArgByIndex(1);
    response.status(418).send('teapot');
  }
}

@Injectable()
class Refusal implements CanActivate {
  canActivate(): boolean {
    throw new ForbiddenException();
  }
}

@Controller('orders')
class OrdersController {
  @Get('slow')
  async slow(): Promise<string | undefined> {
    await sleep(150);
    return pathOfCurrent();
  }

  @Get('secret')
  @UseGuards(Refusal)
  secret(): string {
    return 'never';
  }

  @Get('teapot')
  @UseFilters(TeapotFilter)
  teapot(): never {
    throw new TeapotError('short and stout');
  }

  @Get('broken')
  broken(): never {
    throw new TypeError('no such thing');
  }

  @Get('hidden')
  hidden(): never {
    throw new BadRequestException();
  }

  @Get(':id')
  async read(@Param('id', ParseIntPipe) _id: number): Promise<string | undefined> {
    await sleep(1);
    return pathOfCurrent();
  }

  @Post()
  async place(): Promise<string | undefined> {
    await sleep(1);
    return pathOfCurrent();
  }
}

function pathOfCurrent(): string | undefined {
  return (currentObservation() as HttpServerObservation | undefined)?.path;
}

/** Lets everything pass; it stands where a user's own global guard would refuse. */
@Injectable()
class Gate implements CanActivate {
  canActivate(): boolean {
    return true;
  }
}

@Module({
  imports: [ObservationModule],
  providers: [{ provide: APP_GUARD, useClass: Gate }],
})
class ObservedModule {}

/** An app under observation, with the list of what was observed. */
export class ObservedApp implements AsyncDisposable {
  readonly started: HttpServerObservation[] = [];
  readonly stopped: HttpServerObservation[] = [];

  private constructor(
    readonly nest: INestApplication,
    readonly port: number,
  ) {}

  static async start(
    adapter: ExpressAdapter | FastifyAdapter,
    prepare: (nest: INestApplication) => void = () => {},
    controllers: Type[] = [OrdersController],
  ): Promise<ObservedApp> {
    const module = { module: ObservedModule, controllers };
    const nest: INestApplication = await NestFactory.create(module, adapter as ExpressAdapter, { logger: false });
    prepare(nest);
    nest.setGlobalPrefix('api');
    nest.enableVersioning({ type: VersioningType.URI, defaultVersion: '1' });
    await nest.listen(0, '127.0.0.1');
    const app = new ObservedApp(nest, (nest.getHttpServer().address() as { port: number }).port);
    nest.get(Observations).register({
      component: 'spec',
      aspects: [],
      started: (observation) => void (observation.kind === 'http.server' && app.started.push(observation)),
      stopped: (observation) => void (observation.kind === 'http.server' && app.stopped.push(observation)),
    });
    return app;
  }

  url(path: string): string {
    return `http://127.0.0.1:${this.port}${path}`;
  }

  /** Waits for as many finished observations, and a moment longer for one too many. */
  async finished(count: number): Promise<HttpServerObservation[]> {
    const deadline = Date.now() + 5_000;
    while (this.stopped.length < count && Date.now() < deadline) await sleep(5);
    await sleep(30);
    return this.stopped;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.nest.close();
    leaveProcess(this.nest.get(Observations));
  }
}

export const ADAPTERS = [
  ['Express', () => new ExpressAdapter()],
  ['Fastify', () => new FastifyAdapter()],
] as const;
