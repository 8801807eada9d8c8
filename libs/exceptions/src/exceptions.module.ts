import { type DynamicModule, Inject, Module, type NestModule } from '@nestjs/common';
import { ApplicationConfig, HttpAdapterHost } from '@nestjs/core';
import { LifecycleModule } from '#lifecycle';
import { ManagementModule } from '#management';
import { Observations } from '#observation';
import { REDACTION_OPTIONS } from '#redaction';
import { ExceptionTracker } from './exception-tracker.js';
import { ExceptionsEdge } from './exceptions.edge.js';
import { ConfigurableModuleClass, EXCEPTIONS_OPTIONS, type OPTIONS_TYPE } from './exceptions.module-definition.js';
import { ProblemDetailsFilter } from './problem-details.filter.js';
import { startTracking, TRACKING_PARTS, type TrackingParts } from './start-tracking.js';

/**
 * Groups exceptions that nobody handled into issues, shows them at `/exceptions` of the management server, and tells
 * reporters of them.
 *
 * @example
 * ```ts
 * @Module({ imports: [ExceptionsModule.forRoot({ sentry: { dsn } })] })
 * export class AppModule {}
 * ```
 */
@Module({
  imports: [LifecycleModule, ManagementModule],
  providers: [
    ExceptionsEdge,
    {
      provide: TRACKING_PARTS,
      inject: [EXCEPTIONS_OPTIONS, Observations, { token: REDACTION_OPTIONS, optional: true }],
      useFactory: startTracking,
    },
    {
      provide: ExceptionTracker,
      inject: [TRACKING_PARTS],
      useFactory: (parts?: TrackingParts) => new ExceptionTracker(parts),
    },
  ],
  exports: [ExceptionTracker],
})
export class ExceptionsModule extends ConfigurableModuleClass implements NestModule {
  static readonly importOnce = true;

  constructor(
    @Inject(TRACKING_PARTS) private readonly parts: TrackingParts | undefined,
    private readonly config: ApplicationConfig,
    private readonly host: HttpAdapterHost,
  ) {
    super();
  }

  static override forRoot(options: typeof OPTIONS_TYPE = {}): DynamicModule {
    // Nest copies the options, and a copy of `false` would be an object: on.
    return options === false ? super.forRootAsync({ useFactory: () => false }) : super.forRoot(options);
  }

  /** Routes, which are made with the filters that there are, come after this and before `onModuleInit`. */
  configure(): void {
    if (!this.parts?.problemDetails) return;
    // Filters are asked from the last to the first: all of the user's come before this one.
    this.config.getGlobalFilters().unshift(new ProblemDetailsFilter(this.host.httpAdapter));
  }
}
