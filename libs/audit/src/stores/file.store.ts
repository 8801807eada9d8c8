import { type FileHandle, mkdir, open } from 'node:fs/promises';
import { join } from 'node:path';
import { AuditChain, type ChainHead } from '../audit-chain.js';
import type { AuditEntry, StoredAudit } from '../audit-record.js';
import type { AuditPage, AuditQuery, AuditStore } from '../audit-store.js';
import { matches, pageOf } from '../record-match.js';
import { DirectoryLock } from './file/directory-lock.js';
import { linesBackwards } from './file/lines-backwards.js';
import { mendLog } from './file/mended-log.js';
import { AUDIT_FILE, lineOf, readLine } from './file/record-line.js';
import { UnusableFolder } from './file/unusable-folder.js';

export interface FileStoreOptions {
  readonly directory: string;
  /** The chain that the records belong to. */
  readonly stream: string;
}

interface Waiting {
  readonly entries: readonly AuditEntry[];
  readonly resolve: () => void;
  readonly reject: (error: unknown) => void;
}

/** Keeps records in a file that only grows: one line a record, on the disk before anybody is told so. */
export class FileStore implements AuditStore {
  readonly transactional = false;
  readonly #waiting: Waiting[] = [];
  #writing: Promise<void> | undefined;
  #needsMending = false;

  private constructor(
    private readonly stream: string,
    private readonly file: FileHandle,
    private readonly lock: DirectoryLock,
    private size: number,
    private head: ChainHead | undefined,
  ) {}

  static async open({ directory, stream }: FileStoreOptions): Promise<FileStore> {
    let lock: DirectoryLock | undefined;
    let file: FileHandle | undefined;
    try {
      await mkdir(directory, { recursive: true, mode: 0o700 });
      lock = await DirectoryLock.acquire(directory);
      const path = join(directory, AUDIT_FILE);
      file = await open(path, 'a+', 0o600);
      const { size, head } = await mendLog(file, path);
      await syncDirectory(directory);
      return new FileStore(stream, file, lock, size, head);
    } catch (cause) {
      await file?.close();
      await lock?.release();
      if (cause instanceof UnusableFolder) throw cause;
      throw new Error(
        `AuditModule: the folder "${directory}" cannot be written: ${(cause as Error).message}. ` +
          'Make it writable, or set audit.file.directory or audit.postgres.',
        { cause },
      );
    }
  }

  append(entries: readonly AuditEntry[]): Promise<void> {
    return new Promise((resolve, reject) => {
      this.#waiting.push({ entries, resolve, reject });
      this.#writing ??= this.#write();
    });
  }

  async find(query: AuditQuery): Promise<AuditPage> {
    const found: StoredAudit[] = [];
    for await (const { text } of linesBackwards(this.file, this.size)) {
      const stored = readLine(text);
      if (stored === undefined || !matches(stored.record, query)) continue;
      found.push(stored);
      if (found.length > query.limit) break;
    }
    return pageOf(found, query.limit);
  }

  async close(): Promise<void> {
    while (this.#writing !== undefined) await this.#writing;
    await this.file.close();
    await this.lock.release();
  }

  /** Writes groups: all that came while the disk was busy goes to it together. */
  async #write(): Promise<void> {
    while (this.#waiting.length > 0) {
      const group = this.#waiting.splice(0);
      try {
        await this.#writeGroup(group.flatMap(({ entries }) => entries));
        for (const { resolve } of group) resolve();
      } catch (error) {
        for (const { reject } of group) reject(error);
      }
    }
    this.#writing = undefined;
  }

  async #writeGroup(entries: readonly AuditEntry[]): Promise<void> {
    await this.lock.confirm();
    if (this.#needsMending) await this.#cutBack();
    const chain = new AuditChain(this.stream, this.head);
    const bytes = Buffer.from(entries.map((entry) => `${lineOf(chain.seal(entry))}\n`).join(''));
    this.#needsMending = true;
    await this.file.appendFile(bytes);
    await this.file.datasync();
    this.#needsMending = false;
    this.size += bytes.length;
    this.head = chain.head;
  }

  /** What a failed write left behind was promised to nobody. */
  async #cutBack(): Promise<void> {
    await this.file.truncate(this.size);
    await this.file.datasync();
    this.#needsMending = false;
  }
}

/** A new file is there after a loss of power only if its folder was written, too. */
async function syncDirectory(directory: string): Promise<void> {
  if (process.platform === 'win32') return;
  const handle = await open(directory, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}
