import { ConfigurableModuleBuilder } from '@nestjs/common';
import type { HealthOptions } from './health.options.js';

export const {
  ConfigurableModuleClass,
  MODULE_OPTIONS_TOKEN: HEALTH_OPTIONS,
  OPTIONS_TYPE,
} = new ConfigurableModuleBuilder<HealthOptions | false>({ moduleName: 'Health' })
  .setClassMethodName('forRoot')
  .setFactoryMethodName('createHealthOptions')
  .setExtras({ isGlobal: true }, (definition, { isGlobal }) => ({ ...definition, global: isGlobal }))
  .build();
