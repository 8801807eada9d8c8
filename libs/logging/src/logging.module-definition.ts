import { ConfigurableModuleBuilder } from '@nestjs/common';
import type { LoggingOptions } from './logging.options.js';

export const {
  ConfigurableModuleClass,
  MODULE_OPTIONS_TOKEN: LOGGING_OPTIONS,
  OPTIONS_TYPE,
  ASYNC_OPTIONS_TYPE,
} = new ConfigurableModuleBuilder<LoggingOptions | false>({ moduleName: 'Logging' })
  .setClassMethodName('forRoot')
  .setFactoryMethodName('createLoggingOptions')
  .setExtras({ isGlobal: true }, (definition, { isGlobal }) => ({ ...definition, global: isGlobal }))
  .build();
