import { join } from 'node:path';
import type { ServiceIdentity } from '#observation';
import type { AuditStore } from './audit-store.js';
import { type AuditOptions, DEFAULT_SEAL_INTERVAL_MS } from './audit.options.js';
import { FileStore } from './stores/file.store.js';
import { DirectoryInUse } from './stores/file/lock-holder.js';

const MAX_SIBLINGS = 100;

/** Opens the store that the options name: a PostgreSQL, a store of the user's own, otherwise the file. */
export async function openStore(
  { file, postgres, store }: AuditOptions,
  service: ServiceIdentity,
  onError: (error: unknown) => void,
): Promise<AuditStore> {
  if (store !== undefined) return store;
  if (postgres !== undefined) {
    const { PostgresStore } = await import('./stores/postgres.store.js');
    const { url, sealIntervalMs = DEFAULT_SEAL_INTERVAL_MS } = postgres;
    return PostgresStore.open({ url, sealIntervalMs, stream: service.name, onError });
  }
  const stream = `${service.name}-${service.instance}`;
  if (file?.directory !== undefined) return FileStore.open({ directory: file.directory, stream });
  return openFirstFree(join('.data', 'audit', stream.replace(/[^\w.-]+/g, '_')), stream);
}

/** Two apps of one process, or two services of one name, have one default folder: the second takes the next one. */
async function openFirstFree(directory: string, stream: string): Promise<AuditStore> {
  for (let number = 1; ; number += 1) {
    const suffix = number === 1 ? '' : `-${number}`;
    try {
      return await FileStore.open({ directory: directory + suffix, stream: stream + suffix });
    } catch (error) {
      if (!(error instanceof DirectoryInUse) || number === MAX_SIBLINGS) throw error;
    }
  }
}
