export { NotAudited } from '#observation';
export {
  Audited,
  AUDITED_ASPECT,
  type AuditedArguments,
  type AuditedOptions,
  type AuditedTarget,
} from './audited.decorator.js';
export { AuditInterceptor } from './audit.interceptor.js';
export { type AuditEvent } from './audit-event.js';
export {
  type AuditActor,
  type AuditChange,
  type AuditEntry,
  type AuditOutcome,
  type AuditRecord,
  type AuditRequest,
  type AuditTarget,
  type StoredAudit,
} from './audit-record.js';
export { type AuditPage, type AuditQuery, type AuditStore, type SqlTransaction } from './audit-store.js';
export { AuditTrail } from './audit-trail.js';
export { AuditUnavailable } from './audit-unavailable.js';
export { type BusinessDataSource } from './business-transaction.js';
export { AUDIT_TABLES } from './stores/postgres/audit-tables.js';
export { MemoryStore } from './stores/memory.store.js';
export {
  type AuditFileOptions,
  type AuditOptions,
  type AuditPostgresOptions,
  DEFAULT_AUDIT_OPTIONS,
} from './audit.options.js';
export { AuditModule } from './audit.module.js';
