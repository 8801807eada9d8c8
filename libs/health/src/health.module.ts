import { type DynamicModule, Inject, Module, type NestModule } from '@nestjs/common';
import { DiscoveryModule } from '@nestjs/core';
import { Lifecycle, LifecycleModule } from '#lifecycle';
import { AppPort, ManagementModule } from '#management';
import { Observations } from '#observation';
import { REDACTION_OPTIONS, type RedactionOptions, Redactor } from '#redaction';
import { HealthChecker } from './health-checker.js';
import { HealthEdge } from './health.edge.js';
import { publicHealthEndpoints } from './health.endpoint.js';
import { ConfigurableModuleClass, HEALTH_OPTIONS, type OPTIONS_TYPE } from './health.module-definition.js';
import { completeHealthOptions, type HealthOptions } from './health.options.js';
import { MarkedMethods } from './marked-methods.js';
import { SafeDetails } from './safe-details.js';

/**
 * Tells how a service is: at `/health` of the app's own port in one word, on the management server with details.
 *
 * @example
 * ```ts
 * @Module({ imports: [HealthModule.forRoot()] })
 * export class AppModule {}
 * ```
 */
@Module({
  imports: [DiscoveryModule, LifecycleModule, ManagementModule],
  providers: [
    HealthEdge,
    MarkedMethods,
    {
      provide: HealthChecker,
      inject: [Lifecycle, Observations, { token: REDACTION_OPTIONS, optional: true }],
      useFactory: (lifecycle: Lifecycle, observations: Observations, redaction?: RedactionOptions | false) =>
        // Where nothing is to be redacted, that is said of the service's own log, not of what others may ask for.
        new HealthChecker(lifecycle, observations, new SafeDetails(new Redactor(redaction || {}))),
    },
  ],
  exports: [HealthChecker],
})
export class HealthModule extends ConfigurableModuleClass implements NestModule {
  static readonly importOnce = true;

  constructor(
    @Inject(HEALTH_OPTIONS) private readonly options: HealthOptions | false,
    private readonly checker: HealthChecker,
    private readonly appPort: AppPort,
  ) {
    super();
  }

  static override forRoot(options: typeof OPTIONS_TYPE = {}): DynamicModule {
    // Nest copies the options, and a copy of `false` would be an object: on.
    return options === false ? super.forRootAsync({ useFactory: () => false }) : super.forRoot(options);
  }

  configure(): void {
    if (this.options === false) return;
    const { basePath } = completeHealthOptions(this.options);
    this.appPort.add(publicHealthEndpoints(this.checker, basePath), 'set health.basePath to another path');
  }
}
