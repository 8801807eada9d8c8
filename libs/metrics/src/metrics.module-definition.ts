import { ConfigurableModuleBuilder } from '@nestjs/common';
import type { MetricsOptions } from './metrics.options.js';

export const {
  ConfigurableModuleClass,
  MODULE_OPTIONS_TOKEN: METRICS_OPTIONS,
  OPTIONS_TYPE,
} = new ConfigurableModuleBuilder<MetricsOptions | false>({ moduleName: 'Metrics' })
  .setClassMethodName('forRoot')
  .setFactoryMethodName('createMetricsOptions')
  .setExtras({ isGlobal: true }, (definition, { isGlobal }) => ({ ...definition, global: isGlobal }))
  .build();
