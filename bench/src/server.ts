import type { AbstractHttpAdapter } from '@nestjs/core';
import { answerQuestions } from './answer-questions.js';
import type { MakeBenchApp } from './bench-app.js';

/**
 * Longer than a server may have to wait for its turn among dozens on one core. After Node's own five seconds it would cut
 * connections on which requests have arrived that it has not got to yet.
 */
const KEEP_ALIVE_MS = 120_000;

interface Wanted {
  /** Whose `makeApp` is called; no other app is loaded, so that bare Nest shares its process with nothing. */
  app: string;
  adapter: 'express' | 'fastify';
  downstreamUrl: string;
  options: object;
}

const adapters: Record<Wanted['adapter'], () => Promise<AbstractHttpAdapter>> = {
  express: async () => new (await import('@nestjs/platform-express')).ExpressAdapter(),
  fastify: async () => new (await import('@nestjs/platform-fastify')).FastifyAdapter(),
};

async function serve({ app: name, adapter, downstreamUrl, options }: Wanted): Promise<void> {
  // What an app instruments, it must have got hold of before an adapter is loaded.
  const { makeApp } = (await import(`./${name}.app.js`)) as { makeApp: MakeBenchApp };
  const { app, metricsUrl, whenListening } = await makeApp({
    adapter: await adapters[adapter](),
    downstreamUrl,
    options,
  });
  app.getHttpServer().keepAliveTimeout = KEEP_ALIVE_MS;
  await app.listen(0, '127.0.0.1');
  const cpuToListening = process.cpuUsage();
  await whenListening?.();
  answerQuestions();
  process.send!({ url: await app.getUrl(), metricsUrl: await metricsUrl?.(), cpuToListening });
}

void serve(JSON.parse(process.argv[2]!) as Wanted);
