import { Module } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { OpenTelemetryModule } from 'nestjs-otel';
import type { MakeBenchApp } from './bench-app.js';
import { benchController } from './bench.controller.js';
import { flushSpans } from './flush-spans.js';

export const createApp: MakeBenchApp = async ({ adapter, downstreamUrl }) => {
  @Module({ imports: [OpenTelemetryModule.forRoot()], controllers: [benchController({ downstreamUrl })] })
  class NestjsOtelModule {}

  return { app: await NestFactory.create(NestjsOtelModule, adapter, { logger: false }), whenListening: flushSpans };
};
