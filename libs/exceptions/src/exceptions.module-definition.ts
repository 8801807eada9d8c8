import { ConfigurableModuleBuilder } from '@nestjs/common';
import type { ExceptionsOptions } from './exceptions.options.js';

export const {
  ConfigurableModuleClass,
  MODULE_OPTIONS_TOKEN: EXCEPTIONS_OPTIONS,
  OPTIONS_TYPE,
} = new ConfigurableModuleBuilder<ExceptionsOptions | false>({ moduleName: 'Exceptions' })
  .setClassMethodName('forRoot')
  .setFactoryMethodName('createExceptionsOptions')
  .setExtras({ isGlobal: true }, (definition, { isGlobal }) => ({ ...definition, global: isGlobal }))
  .build();
