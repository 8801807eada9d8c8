import { Module } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import type { MakeBenchApp } from './bench-app.js';
import { BenchController } from './bench.controller.js';

@Module({ controllers: [BenchController] })
class BareModule {}

/** Nest and nothing else: what everything is a multiple of. */
export const makeBareApp: MakeBenchApp = async (adapter) => ({
  app: await NestFactory.create(BareModule, adapter, { logger: false }),
});
