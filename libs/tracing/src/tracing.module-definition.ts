import { ConfigurableModuleBuilder } from '@nestjs/common';
import type { TracingOptions } from './tracing.options.js';

export const {
  ConfigurableModuleClass,
  MODULE_OPTIONS_TOKEN: TRACING_OPTIONS,
  OPTIONS_TYPE,
  ASYNC_OPTIONS_TYPE,
} = new ConfigurableModuleBuilder<TracingOptions | false>({ moduleName: 'Tracing' })
  .setClassMethodName('forRoot')
  .setFactoryMethodName('createTracingOptions')
  .setExtras({ isGlobal: true }, (definition, extras) => ({ ...definition, global: extras.isGlobal }))
  .build();
