// An app in plain JavaScript with the patterns that its argument names, each on (true) or switched off (false). It
// prints, as one line of JSON, all that holds on to its process and to Nest, and ends.
import { createHook } from 'node:async_hooks';
import diagnostics from 'node:diagnostics_channel';
import { setTimeout as sleep } from 'node:timers/promises';

const LASTING = ['Timeout', 'ELDHISTOGRAM', 'WORKER', 'MESSAGEPORT', 'FSEVENTWRAP', 'SIGNALWRAP'];
const lasting = new Map();
createHook({
  init: (id, type) => LASTING.includes(type) && lasting.set(id, type),
  destroy: (id) => lasting.delete(id),
}).enable();

// Whatever is on, everything is loaded: what is told apart is what modules do.
const { Global, Module } = await import('@nestjs/common');
const { ApplicationConfig, NestFactory } = await import('@nestjs/core');
const { AuditModule } = await import('@crowsnest/observability/audit');
const { ExceptionsModule } = await import('@crowsnest/observability/exceptions');
const { HealthModule, SyntheticCheck } = await import('@crowsnest/observability/health');
const { Lifecycle } = await import('@crowsnest/observability/lifecycle');
const { LoggingModule } = await import('@crowsnest/observability/logging');
const { MANAGEMENT_OPTIONS, ManagementEndpoints } = await import('@crowsnest/observability/management');
const { MetricsModule } = await import('@crowsnest/observability/metrics');
const { TracingModule } = await import('@crowsnest/observability/tracing');

const MODULES = {
  health: [HealthModule],
  logging: [LoggingModule],
  tracing: [TracingModule, { propagators: ['tracecontext'] }],
  exceptions: [ExceptionsModule, { problemDetails: true }],
  metrics: [MetricsModule],
  audit: [AuditModule],
};

class Cellar {
  look() {
    return true;
  }
}
SyntheticCheck({ name: 'cellar', everyMs: 60_000 })(
  Cellar.prototype,
  'look',
  Object.getOwnPropertyDescriptor(Cellar.prototype, 'look'),
);

class Settings {}
Global()(Settings);
const given = { provide: MANAGEMENT_OPTIONS, useValue: false };
Module({ providers: [given], exports: [MANAGEMENT_OPTIONS] })(Settings);

const imports = Object.entries(JSON.parse(process.argv[2])).map(([name, isOn]) => {
  const [module, options] = MODULES[name];
  return module.forRoot(isOn ? options : false);
});
class AppModule {}
Module({ imports: [Settings, ...imports], providers: [Cellar] })(AppModule);

const app = await NestFactory.create(AppModule, { logger: false, abortOnError: false });
await app.listen(0, '127.0.0.1');
// What starting needed for a moment is gone then.
globalThis.gc?.();
await sleep(100);

const counted = (names) => Object.entries(Object.groupBy(names, String)).map(([name, all]) => `${all.length} ${name}`);
const config = app.get(ApplicationConfig, { strict: false });
const channels = [
  'undici:request:create',
  'http.client.request.start',
  'http.server.request.start',
  'tracing:pg:query',
];
const held = {
  msg: 'holds on to',
  active: counted(process.getActiveResourcesInfo()).sort(),
  lasting: counted(lasting.values()).sort(),
  listeners: process
    .eventNames()
    .map((name) => `${process.listenerCount(name)} ${String(name)}`)
    .sort(),
  channels: channels.filter((name) => diagnostics.hasSubscribers(name)),
  openTelemetry: Object.keys(globalThis[Symbol.for('opentelemetry.js.api.1')] ?? {}).sort(),
  server: app
    .getHttpServer()
    .eventNames()
    .map((name) => `${app.getHttpServer().listenerCount(name)} ${String(name)}`),
  guards: config.getGlobalGuards().length,
  filters: config.getGlobalFilters().map(({ constructor }) => constructor.name),
  interceptors: config.getGlobalInterceptors().length,
  pipes: config.getGlobalPipes().length,
  pages: app
    .get(ManagementEndpoints)
    .list()
    .map(({ method, path }) => `${method} ${path}`)
    .sort(),
  state: app.get(Lifecycle).state,
};
process.stdout.write(`${JSON.stringify(held)}\n`);
await app.close();
process.exit(0);
