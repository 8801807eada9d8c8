import { type DynamicModule, Module } from '@nestjs/common';
import type { TestingModuleBuilder } from '@nestjs/testing';
import { OBSERVABILITY_MODULE_OPTIONS, ObservabilityModule, type ObservabilityModuleOptions } from '#observability';
import { inMemoryOptions } from './in-memory-options.js';
import { ObservedSignals } from './observed-signals.js';
import { Recording } from './recording.js';

/**
 * The suite for tests: everything that the patterns tell stays in memory, where `ObservedSignals` finds it.
 *
 * @example
 * ```ts
 * const module = await Test.createTestingModule({
 *   imports: [ObservabilityTestingModule.forRoot()],
 *   providers: [OrdersService],
 * }).compile();
 * const signals = module.get(ObservedSignals).attach(module);
 * ```
 */
@Module({})
export class ObservabilityTestingModule {
  static forRoot(options: ObservabilityModuleOptions = {}): DynamicModule {
    const recording = new Recording();
    return {
      module: ObservabilityTestingModule,
      global: true,
      imports: [ObservabilityModule.forRoot(inMemoryOptions(recording, options))],
      providers: [{ provide: ObservedSignals, useValue: new ObservedSignals(recording) }],
      exports: [ObservedSignals],
    };
  }
}

/**
 * Has a whole app, which imports `ObservabilityModule` itself, tell its signals to a test.
 *
 * @example
 * ```ts
 * const builder = Test.createTestingModule({ imports: [AppModule] });
 * const signals = observeSignals(builder, observability);
 * const app = (await builder.compile()).createNestApplication();
 * signals.attach(app);
 * await app.init();
 * ```
 */
export function observeSignals(
  builder: TestingModuleBuilder,
  options: ObservabilityModuleOptions = {},
): ObservedSignals {
  const recording = new Recording();
  builder.overrideProvider(OBSERVABILITY_MODULE_OPTIONS).useValue(inMemoryOptions(recording, options));
  return new ObservedSignals(recording);
}
