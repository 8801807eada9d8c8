import { Controller, Get, type INestApplication, Logger, Module, type Type } from '@nestjs/common';
import { ExpressAdapter } from '@nestjs/platform-express';
import { FastifyAdapter } from '@nestjs/platform-fastify';
import { NestFactory } from '@nestjs/core';
import { Counted, ManagementServer, ObservabilityModule, Traced } from '@crowsnest/observability';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

interface Line {
  service: string;
  msg: string;
  trace_id?: string;
  context?: string;
}

/** An app with a log of its own. */
class App {
  readonly lines: Line[] = [];
  nest!: INestApplication;

  constructor(readonly name: string) {}

  async start(adapter: ExpressAdapter | FastifyAdapter): Promise<this> {
    this.nest = await NestFactory.create(this.#module(), adapter as ExpressAdapter, { logger: false });
    await this.nest.listen(0, '127.0.0.1');
    return this;
  }

  #module(): Type {
    const { name, lines } = this;

    @Controller(name)
    class GreetingController {
      readonly logger = new Logger(name);

      @Get(':who')
      @Traced()
      @Counted('greetings')
      async greet(): Promise<string> {
        this.logger.log('greeting');
        return name;
      }
    }

    @Module({
      imports: [
        ObservabilityModule.forRoot({
          service: { name },
          management: { port: 0 },
          logging: { destination: { write: (line: string) => void lines.push(JSON.parse(line) as Line) } },
        }),
      ],
      controllers: [GreetingController],
    })
    class AppModule {}
    return AppModule;
  }

  async greet(): Promise<string> {
    const response = await fetch(`${await this.nest.getUrl()}/${this.name}/you`);
    expect(await response.text()).toBe(this.name);
    return response.headers.get('x-trace-id')!;
  }

  async page(path: string): Promise<string> {
    return (await fetch(`${this.nest.get(ManagementServer).url}${path}`)).text();
  }
}

describe('two apps in one process, one on Express and one on Fastify', () => {
  let apps: App[];

  beforeAll(async () => {
    apps = [await new App('red').start(new ExpressAdapter()), await new App('blue').start(new FastifyAdapter())];
    // The application would do this with installObservability(), which also takes the process over.
    for (const { nest } of apps) expect(nest.get(ManagementServer).url).toMatch(/^http:\/\/127\.0\.0\.1:\d+$/);
  });

  afterAll(async () => {
    for (const { nest } of apps) await nest.close();
  });

  it('keep their metrics, observations and access lines apart', async () => {
    const traceIds = await Promise.all(apps.flatMap((app) => [app.greet(), app.greet(), app.greet()]));
    expect(new Set(traceIds).size).toBe(6);
    for (const [index, app] of apps.entries()) {
      const own = traceIds.slice(index * 3, index * 3 + 3).sort();
      const other = apps[1 - index]!.name;

      const metrics = await app.page('/metrics');
      expect(metrics).toMatch(
        new RegExp(`^http_server_request_duration_seconds_count\\{.*http_route="/${app.name}/:who".*\\} 3$`, 'm'),
      );
      expect(metrics).toMatch(/^greetings_total\{.*\} 3$/m);
      expect(metrics).not.toContain(`/${other}/:who`);

      const { items } = JSON.parse(await app.page('/observations')) as { items: { traceId: string; kind: string }[] };
      const servers = items.filter(({ kind }) => kind === 'server').map(({ traceId }) => traceId);
      expect(servers.sort()).toEqual(own);

      const accessLines = app.lines.filter((line) => 'duration_ms' in line);
      expect(accessLines.map(({ trace_id }) => trace_id).sort()).toEqual(own);
      expect(new Set(app.lines.map(({ service }) => service))).toEqual(new Set([app.name]));
    }
  });

  it('go on alone when the other one closes', async () => {
    const [red, blue] = apps as [App, App];
    await red.nest.close();
    const traceId = await blue.greet();
    expect(traceId).toMatch(/^[0-9a-f]{32}$/);
    expect(await blue.page('/observations')).toContain(traceId);
  });
});
