import { Module } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import type { MakeBenchApp } from './bench-app.js';
import { GrowingBook } from './growing-book.js';
import { type Growth, growingController } from './growing.controller.js';

/** The growing app on Nest and nothing else. */
export const makeApp: MakeBenchApp = async ({ adapter, options }) => {
  const { growth } = options as { growth: Growth };

  @Module({ controllers: [growingController(growth)], providers: [GrowingBook] })
  class GrowingBareModule {}

  return { app: await NestFactory.create(GrowingBareModule, adapter, { logger: false }) };
};
