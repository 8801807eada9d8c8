import type { INestApplication } from '@nestjs/common';
import type { AbstractHttpAdapter } from '@nestjs/core';

/** What an app is made from. */
export interface AppOrder {
  adapter: AbstractHttpAdapter;
  /** The second service, for the route that calls it. */
  downstreamUrl: string;
  /** The options of the variant. */
  options: object;
}

/** An app that is about to be measured. */
export interface BenchApp {
  app: INestApplication;
  /** Where its `/metrics` is served once it listens; undefined where it has none. */
  metricsUrl?: () => Promise<string>;
  /** What is left to be done before the first request. */
  whenListening?: () => Promise<void>;
}

/** What each `<app>.app.ts` exports as `makeApp`. */
export type MakeBenchApp = (order: AppOrder) => Promise<BenchApp>;
