import { Module } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import type { MakeBenchApp } from './bench-app.js';
import { benchController } from './bench.controller.js';

/** Nest and nothing else: what everything is a multiple of. */
export const makeApp: MakeBenchApp = async ({ adapter, downstreamUrl }) => {
  @Module({ controllers: [benchController({ downstreamUrl })] })
  class BareModule {}

  return { app: await NestFactory.create(BareModule, adapter, { logger: false }) };
};
