import { type DynamicModule, Inject, Module, type OnModuleInit } from '@nestjs/common';
import { Lifecycle, LifecycleModule } from '#lifecycle';
import { ManagementEndpoints, ManagementModule } from '#management';
import { type ImportOnce, ObservationModule, Observations } from '#observation';
import { REDACTION_OPTIONS, type RedactionOptions, scrubberOf } from '#redaction';
import { AppLog } from './app-log.js';
import { AppLogger } from './app-logger.js';
import { loggersEndpoints } from './loggers.endpoint.js';
import {
  type ASYNC_OPTIONS_TYPE,
  ConfigurableModuleClass,
  LOGGING_OPTIONS,
  type OPTIONS_TYPE,
} from './logging.module-definition.js';
import { type LoggingOptions, resolveLoggingOptions } from './logging.options.js';
import { ObservationLines } from './observation-lines.js';
import { withNestjsPino } from './pino/nestjs-pino.providers.js';

/**
 * Writes the log of a service as lines of JSON that tell which request they belong to.
 *
 * @example
 * ```ts
 * @Module({ imports: [LoggingModule.forRoot({ level: 'debug' })] })
 * export class AppModule {}
 * ```
 */
@Module({
  imports: [ObservationModule, LifecycleModule, ManagementModule],
  providers: [
    {
      provide: AppLog,
      inject: [LOGGING_OPTIONS, Observations, { token: REDACTION_OPTIONS, optional: true }],
      useFactory: (options: LoggingOptions | false, app: Observations, redaction?: RedactionOptions | false) => {
        const scrubber = scrubberOf(redaction);
        return options === false
          ? AppLog.off(app.service.name, scrubber)
          : AppLog.open(resolveLoggingOptions(options), app.service.name, scrubber, app);
      },
    },
    { provide: AppLogger, inject: [AppLog], useFactory: (log: AppLog) => new AppLogger(log) },
  ],
  exports: [AppLog, AppLogger],
})
export class LoggingModule extends ConfigurableModuleClass implements OnModuleInit {
  static readonly importOnce = true satisfies ImportOnce['importOnce'];

  constructor(
    @Inject(LOGGING_OPTIONS) private readonly options: LoggingOptions | false,
    private readonly log: AppLog,
    private readonly observations: Observations,
    private readonly lifecycle: Lifecycle,
    private readonly endpoints: ManagementEndpoints,
  ) {
    super();
  }

  static override forRoot(options: typeof OPTIONS_TYPE | false = {}): DynamicModule {
    return withNestjsPino(options === false ? super.forRootAsync({ useFactory: () => false }) : super.forRoot(options));
  }

  static override forRootAsync(options: typeof ASYNC_OPTIONS_TYPE): DynamicModule {
    return withNestjsPino(super.forRootAsync(options));
  }

  onModuleInit(): void {
    if (this.options === false) return;
    const { accessLog } = resolveLoggingOptions(this.options);
    this.observations.register(new ObservationLines(this.log, accessLog));
    for (const endpoint of loggersEndpoints(this.log.levels)) this.endpoints.add(endpoint);
    this.lifecycle.onFlush('logs', 'log lines', (deadlineMs) => this.log.close(deadlineMs));
  }
}
