import { type DynamicModule, type Provider, Scope } from '@nestjs/common';
import { Logger, LoggerModule, NativeLogger, type Params, PARAMS_PROVIDER_TOKEN, PinoLogger } from 'nestjs-pino';
import { AppLog } from '../app-log.js';
import { AppLogger } from '../app-logger.js';
import { AppPinoLogger } from './app-pino-logger.js';

/**
 * Adds nestjs-pino's providers to a module, without the HTTP middleware of its own. Called when an app is put
 * together: only then are the contexts of all `@InjectPinoLogger()` known.
 */
export function withNestjsPino(definition: DynamicModule): DynamicModule {
  const providers = nestjsPinoProviders();
  return {
    ...definition,
    providers: [...(definition.providers ?? []), ...providers],
    exports: [...(definition.exports ?? []), ...providers],
  };
}

function nestjsPinoProviders(): Provider[] {
  const ofModule = LoggerModule.forRoot().providers ?? [];
  const ofContexts = ofModule.filter((provider) => 'provide' in provider && isContextToken(provider.provide));
  return [
    ...ofContexts,
    {
      provide: PARAMS_PROVIDER_TOKEN,
      inject: [AppLog],
      useFactory: ({ root }: AppLog): Params => ({ pinoHttp: { logger: root, wrapSerializers: false }, forRoutes: [] }),
    },
    {
      provide: PinoLogger,
      scope: Scope.TRANSIENT,
      inject: [PARAMS_PROVIDER_TOKEN, AppLog],
      useFactory: (params: Params, log: AppLog) => new AppPinoLogger(params, log),
    },
    { provide: Logger, useExisting: AppLogger },
    { provide: NativeLogger, useExisting: AppLogger },
  ];
}

function isContextToken(token: unknown): boolean {
  return typeof token === 'string' && token.startsWith('PinoLogger:');
}
