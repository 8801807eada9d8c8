import { type DynamicModule, Module } from '@nestjs/common';
import { LifecycleModule } from '#lifecycle';
import { ManagementModule } from '#management';
import { ObservationModule, Observations } from '#observation';
import { REDACTION_OPTIONS } from '#redaction';
import { assembleAuditLog, type AuditLog } from './audit-log.js';
import { AuditTrail } from './audit-trail.js';
import { AUDIT_LOG, AuditEdge } from './audit.edge.js';
import { AuditInterceptor } from './audit.interceptor.js';
import { AUDIT_OPTIONS, ConfigurableModuleClass, type OPTIONS_TYPE } from './audit.module-definition.js';

/**
 * Records who did what to what, and how it ended, where nobody can change it unseen.
 *
 * @example
 * ```ts
 * @Module({ imports: [AuditModule.forRoot()] })
 * export class AppModule {}
 * ```
 */
@Module({
  imports: [ObservationModule, LifecycleModule, ManagementModule],
  providers: [
    {
      provide: AUDIT_LOG,
      inject: [AUDIT_OPTIONS, Observations, { token: REDACTION_OPTIONS, optional: true }],
      useFactory: assembleAuditLog,
    },
    { provide: AuditTrail, inject: [AUDIT_LOG], useFactory: (log?: AuditLog) => new AuditTrail(log) },
    AuditEdge,
    AuditInterceptor,
  ],
  exports: [AuditTrail, AuditInterceptor],
})
export class AuditModule extends ConfigurableModuleClass {
  static readonly importOnce = true;

  static override forRoot(options: typeof OPTIONS_TYPE | false = {}): DynamicModule {
    // Nest copies the options, and a copy of `false` would be an object: on.
    return options === false ? super.forRootAsync({ useFactory: () => false }) : super.forRoot(options);
  }
}
