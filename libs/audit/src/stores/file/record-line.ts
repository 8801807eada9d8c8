import type { AuditRecord, StoredAudit } from '../../audit-record.js';
import type { SealedRecord } from '../../audit-chain.js';

/** The name of the file within its folder. */
export const AUDIT_FILE = 'audit.jsonl';

/** A record as one line of the file, without the line's end. */
export function lineOf({ hash, canonical }: Pick<SealedRecord, 'hash' | 'canonical'>): string {
  return `{"hash":"${hash}","record":${canonical}}`;
}

/** Reads a line, or says nothing if it is none. */
export function readLine(line: string): StoredAudit | undefined {
  try {
    const { hash, record } = JSON.parse(line) as { hash?: unknown; record?: AuditRecord };
    const isRecord = typeof hash === 'string' && typeof record === 'object' && record !== null;
    return isRecord && Number.isSafeInteger(record.seq) ? { hash, record } : undefined;
  } catch {
    return undefined;
  }
}
