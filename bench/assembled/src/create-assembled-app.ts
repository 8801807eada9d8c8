import { NestFactory } from '@nestjs/core';
import { Logger } from 'nestjs-pino';
import { AssembledModule } from './assembled.module.js';
import type { MakeBenchApp } from './bench-app.js';
import { flushSpans } from './flush-spans.js';

export const createApp: MakeBenchApp = async ({ adapter, downstreamUrl }) => {
  const app = await NestFactory.create(AssembledModule.with(downstreamUrl), adapter, { bufferLogs: true });
  app.useLogger(app.get(Logger));
  return {
    app,
    whenListening: flushSpans,
    metricsUrl: async () => `${await app.getUrl()}/metrics`,
  };
};
