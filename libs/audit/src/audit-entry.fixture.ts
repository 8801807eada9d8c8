import type { AuditEntry } from './audit-record.js';
import { uuidV7 } from './uuid-v7.js';

/** An entry as the composer makes it, with what a spec wants to see in it. */
export function anEntry(changed: Partial<AuditEntry> = {}): AuditEntry {
  return {
    schema: 'audit.record/1',
    id: uuidV7(Date.now()),
    time: '2026-11-22T10:00:01.000Z',
    observedTime: '2026-11-22T10:00:01.002Z',
    stage: 'complete',
    event: 'order.place',
    action: 'PLACE',
    outcome: 'success',
    actor: { id: 'alice', type: 'user' },
    targets: [{ type: 'order', id: 'o-1' }],
    service: { name: 'order', version: '1.0.0', instance: 'one', env: 'test' },
    ...changed,
  };
}
