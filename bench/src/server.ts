import type { AbstractHttpAdapter } from '@nestjs/core';
import type { MakeBenchApp } from './bench-app.js';

// Each is loaded only where it is measured: bare Nest shares its process with nothing.
const apps: Record<string, () => Promise<MakeBenchApp>> = {
  bare: async () => (await import('./bare.app.js')).makeBareApp,
  suite: async () => (await import('./suite.app.js')).makeSuiteApp,
};

const adapters: Record<string, () => Promise<AbstractHttpAdapter>> = {
  express: async () => new (await import('@nestjs/platform-express')).ExpressAdapter(),
  fastify: async () => new (await import('@nestjs/platform-fastify')).FastifyAdapter(),
};

const wanted = JSON.parse(process.argv[2]!) as { app: string; adapter: string; options: object };
const makeApp = await apps[wanted.app]!();
const { app, metricsUrl } = await makeApp(await adapters[wanted.adapter]!(), wanted.options);
await app.listen(0, '127.0.0.1');

process.on('message', () => process.send!(process.cpuUsage()));
process.on('disconnect', () => process.exit());
process.send!({ url: await app.getUrl(), metricsUrl: metricsUrl?.() });
