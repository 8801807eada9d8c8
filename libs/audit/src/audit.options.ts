import type { AuditStore } from './audit-store.js';

/** What is recorded, how, and where it is kept. */
export interface AuditOptions {
  /**
   * How records are written unless a decorator says otherwise: soon, or before the caller gets its result.
   * @default 'async'
   */
  mode?: 'async' | 'strict';
  /** The append-only file that keeps the records. */
  file?: AuditFileOptions;
  /** The PostgreSQL that keeps the records, instead of the file. */
  postgres?: AuditPostgresOptions;
  /**
   * A store of your own, instead of the file.
   * @default undefined
   */
  store?: AuditStore;
  /**
   * How large one record may be; what was captured is left out of a larger one.
   * @default 16384
   */
  maxRecordBytes?: number;
  /**
   * How many records may wait to be written; further ones are dropped and counted.
   * @default 10000
   */
  maxQueued?: number;
  /**
   * How long a call in strict mode waits for its record before it is refused.
   * @default 5000
   */
  strictTimeoutMs?: number;
}

export interface AuditFileOptions {
  /**
   * The folder of the file; no other process can use it at the same time.
   * @default '.data/audit/<service>-<instance>', with a number behind it if that one is in use
   */
  directory?: string;
}

export interface AuditPostgresOptions {
  /** The address of the database of the business, so that records can be part of its transactions. */
  url: string;
  /**
   * How often records that were committed are put into the chain.
   * @default 250
   */
  sealIntervalMs?: number;
}

export const DEFAULT_AUDIT_OPTIONS = {
  mode: 'async',
  maxRecordBytes: 16_384,
  maxQueued: 10_000,
  strictTimeoutMs: 5_000,
} satisfies AuditOptions;

export const DEFAULT_SEAL_INTERVAL_MS = 250;

export type CompleteAuditOptions = AuditOptions & Required<Pick<AuditOptions, keyof typeof DEFAULT_AUDIT_OPTIONS>>;

const NAMES: Readonly<Record<keyof AuditOptions, true>> = {
  mode: true,
  file: true,
  postgres: true,
  store: true,
  maxRecordBytes: true,
  maxQueued: true,
  strictTimeoutMs: true,
};

/** The options with their defaults, or a refusal that names the wrong one. */
export function completeAuditOptions(given: AuditOptions): CompleteAuditOptions {
  for (const name of Object.keys(given)) {
    if (name in NAMES) continue;
    throw new Error(`AuditModule: "${name}" is no option. Use one of ${Object.keys(NAMES).join(', ')}.`);
  }
  const set = Object.entries(given).filter(([, value]) => value !== undefined);
  const options: CompleteAuditOptions = { ...DEFAULT_AUDIT_OPTIONS, ...Object.fromEntries(set) };
  if (options.mode !== 'async' && options.mode !== 'strict') {
    throw new Error(`AuditModule: mode ${JSON.stringify(options.mode)} is no mode. Use 'async' or 'strict'.`);
  }
  requireWholeNumber('maxRecordBytes', options.maxRecordBytes, 2_048);
  requireWholeNumber('maxQueued', options.maxQueued, 1);
  requireWholeNumber('strictTimeoutMs', options.strictTimeoutMs, 1);
  requireWholeNumber('postgres.sealIntervalMs', options.postgres?.sealIntervalMs ?? DEFAULT_SEAL_INTERVAL_MS, 10);
  const places = (['file', 'postgres', 'store'] as const).filter((name) => options[name] !== undefined);
  if (places.length > 1) {
    throw new Error(`AuditModule: ${places.join(' and ')} are both set, but records are kept in one place. Use one.`);
  }
  // The value stays out of the message: it may hold a password.
  if (options.postgres && !/^postgres(ql)?:$/.test(URL.parse(options.postgres.url)?.protocol ?? '')) {
    throw new Error(
      'AuditModule: postgres.url is not the URL of a PostgreSQL. Give one such as postgres://user:password@127.0.0.1:5432/orders.',
    );
  }
  return options;
}

function requireWholeNumber(name: string, value: unknown, least: number): void {
  if (Number.isSafeInteger(value) && (value as number) >= least && (value as number) < 2 ** 31) return;
  throw new Error(`AuditModule: ${name} is ${JSON.stringify(value)}. Use a whole number from ${least} up.`);
}
