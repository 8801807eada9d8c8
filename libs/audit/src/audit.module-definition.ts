import { ConfigurableModuleBuilder } from '@nestjs/common';
import type { AuditOptions } from './audit.options.js';

export const {
  ConfigurableModuleClass,
  MODULE_OPTIONS_TOKEN: AUDIT_OPTIONS,
  OPTIONS_TYPE,
} = new ConfigurableModuleBuilder<AuditOptions | false>({ moduleName: 'Audit' })
  .setClassMethodName('forRoot')
  .setFactoryMethodName('createAuditOptions')
  .setExtras({ isGlobal: true }, (definition, { isGlobal }) => ({ ...definition, global: isGlobal }))
  .build();
