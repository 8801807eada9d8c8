import { Injectable, Module } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import type { MakeBenchApp } from './bench-app.js';
import { GrowingBook } from './growing-book.js';
import { type Growth, growingController } from './growing.controller.js';

@Injectable()
class LeakingBook extends GrowingBook {
  readonly #kept: { customer: string; notes: string[] }[] = [];

  override count(customer: string): number {
    this.#kept.push({ customer, notes: Array.from({ length: 64 }, () => customer) });
    return this.#kept.filter((one) => one.customer === customer).length;
  }
}

/** An app that keeps something of every request and looks through it: what a measurement of growth must notice. */
export const makeApp: MakeBenchApp = async ({ adapter, options }) => {
  const { growth } = options as { growth: Growth };

  @Module({
    controllers: [growingController(growth)],
    providers: [{ provide: GrowingBook, useClass: LeakingBook }],
  })
  class LeakingModule {}

  return { app: await NestFactory.create(LeakingModule, adapter, { logger: false }) };
};
