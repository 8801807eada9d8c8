import type { INestApplication } from '@nestjs/common';
import type { AbstractHttpAdapter } from '@nestjs/core';

/** An app that is about to be measured. */
export interface BenchApp {
  app: INestApplication;
  /** Where its `/metrics` is served once it listens; undefined where it has none. */
  metricsUrl?: () => string | undefined;
}

/** Makes one from the options of its variant. */
export type MakeBenchApp = (adapter: AbstractHttpAdapter, options: object) => Promise<BenchApp>;
