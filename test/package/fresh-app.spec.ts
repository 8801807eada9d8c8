import { join } from 'node:path';
import { expect, it } from 'vitest';
import { FreshApp, type FreshAppFiles } from '../support/fresh-app.ts';
import { JsonProcess } from '../support/json-process.ts';

/** What a newcomer writes; the imports stand in an order that no instrumentation likes. */
const MAIN = `
import { NestFactory } from '@nestjs/core';
import { Controller, Get, Logger, Module } from '@nestjs/common';
import { installObservability, ObservabilityModule, Timed } from '@crowsnest/observability';

@Controller()
class HelloController {
  readonly logger = new Logger(HelloController.name);

  @Get('hello')
  @Timed()
  hello(): string {
    this.logger.log('saying hello');
    return 'hello';
  }
}

@Module({ imports: [ObservabilityModule.forRoot()], controllers: [HelloController] })
class AppModule {}

async function main(): Promise<void> {
  const app = installObservability(await NestFactory.create(AppModule, { bufferLogs: true }));
  await app.listen(0, '127.0.0.1');
  console.log(JSON.stringify({ msg: 'listening', url: await app.getUrl() }));
}
void main();
`;

const nest = (version: string, platform: string): Record<string, string> => ({
  '@nestjs/common': version,
  '@nestjs/core': version,
  '@nestjs/platform-express': platform,
  'reflect-metadata': '0.2.2',
  rxjs: '7.8.2',
});

const PROJECTS: [string, FreshAppFiles][] = [
  ['Nest 12 as ESM', { type: 'module', dependencies: nest('12.5.1', '12.5.1'), sources: { 'main.ts': MAIN } }],
  ['Nest 11 as CommonJS', { type: 'commonjs', dependencies: nest('11.2.10', '11.2.10'), sources: { 'main.ts': MAIN } }],
];

it.each(PROJECTS)('a fresh app on %s is observed with forRoot() alone', { timeout: 240_000 }, async (_title, files) => {
  await using project = await FreshApp.make(files);
  await using app = new JsonProcess(join(project.directory, 'dist', 'main.js'));
  const response = await fetch(`${await app.url()}/hello`);
  expect([response.status, await response.text()]).toEqual([200, 'hello']);
  const traceId = response.headers.get('x-trace-id');
  expect(traceId).toMatch(/^[0-9a-f]{32}$/);

  const pages = await app.pages();
  const metrics = await (await fetch(`${pages}/metrics`)).text();
  expect(metrics).toMatch(/^http_server_request_duration_seconds_count\{.*http_route="\/hello".*\} 1$/m);
  expect(metrics).toMatch(
    /^method_duration_seconds_count\{.*class="HelloController",method="hello".*outcome="success".*\} 1$/m,
  );
  const observations = (await (await fetch(`${pages}/observations`)).json()) as {
    items: { traceId: string; kind: string }[];
  };
  expect(observations.items.map(({ kind, traceId: id }) => [kind, id])).toContainEqual(['server', traceId]);

  app.kill('SIGTERM');
  expect(await app.ended).toEqual([0, null]);
  const ofTrace = app.lines.filter(({ trace_id }) => trace_id === traceId);
  expect(ofTrace.map(({ context, msg, ...line }) => line['http.route'] ?? `${context}: ${msg}`)).toEqual([
    'HelloController: saying hello',
    '/hello',
  ]);
});
