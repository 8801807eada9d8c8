import { type DynamicModule, Module, RequestMethod, UseInterceptors } from '@nestjs/common';
import { APP_FILTER, APP_INTERCEPTOR } from '@nestjs/core';
import { TerminusModule } from '@nestjs/terminus';
import { SentryGlobalFilter, SentryModule } from '@sentry/nestjs/setup';
import { makeHistogramProvider, PrometheusModule } from '@willsoto/nestjs-prometheus';
import { LoggerModule } from 'nestjs-pino';
import { AuditInterceptor } from './audit.interceptor.js';
import { benchController } from './bench.controller.js';
import { HealthController } from './health.controller.js';
import { REQUEST_DURATION, RequestDurationInterceptor } from './request-duration.interceptor.js';

/** Every package as its documentation puts it into a root module. */
@Module({
  imports: [
    SentryModule.forRoot(),
    // With its own route it logs no request on Fastify and Nest 12.
    LoggerModule.forRoot({ forRoutes: [{ path: '/{*splat}', method: RequestMethod.ALL }] }),
    PrometheusModule.register(),
    TerminusModule,
  ],
  controllers: [HealthController],
  providers: [
    { provide: APP_FILTER, useClass: SentryGlobalFilter },
    makeHistogramProvider({
      name: REQUEST_DURATION,
      help: 'Duration of HTTP requests in seconds',
      labelNames: ['method', 'route', 'status'],
    }),
    { provide: APP_INTERCEPTOR, useClass: RequestDurationInterceptor },
  ],
})
export class AssembledModule {
  static with(downstreamUrl: string): DynamicModule {
    const controllers = [benchController({ downstreamUrl, audited: UseInterceptors(AuditInterceptor) })];
    return { module: AssembledModule, controllers };
  }
}
