import type { AbstractHttpAdapter } from '@nestjs/core';
import { answerQuestions } from './answer-questions.js';
import type { MakeBenchApp } from './bench-app.js';

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
  await app.listen(0, '127.0.0.1');
  const cpuToListening = process.cpuUsage();
  await whenListening?.();
  answerQuestions();
  process.send!({ url: await app.getUrl(), metricsUrl: await metricsUrl?.(), cpuToListening });
}

void serve(JSON.parse(process.argv[2]!) as Wanted);
