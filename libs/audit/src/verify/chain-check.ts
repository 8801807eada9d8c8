import type { ChainHead } from '../audit-chain.js';
import type { AuditRecord, StoredAudit } from '../audit-record.js';
import { canonicalForm, hashOf } from '../canonical-form.js';

/** Follows one chain from its first record on and says what is wrong with a record that does not belong there. */
export class ChainCheck {
  #head: ChainHead | undefined;
  #stream: string | undefined;

  constructor(stream?: string) {
    this.#stream = stream;
  }

  get head(): ChainHead | undefined {
    return this.#head;
  }

  /** The verdict over the next record of the chain, or nothing if it is valid. */
  next({ record, hash }: StoredAudit, text: string): string | undefined {
    const canonical = formOf(record);
    if (canonical === undefined) return `INVALID: invalid format`;
    if (canonical !== text) return `INVALID: non-canonical`;
    if (hashOf(canonical) !== hash) return `INVALID: hash value doesn't match`;
    const head = this.#head;
    this.#stream ??= record.stream;
    if (record.stream !== this.#stream) return `INVALID: wrong stream`;
    const fault = misplaced(record, head);
    this.#head = { seq: record.seq, hash, id: record.id };
    return fault;
  }
}

function misplaced({ seq, prevHash, prevId }: AuditRecord, head: ChainHead | undefined): string | undefined {
  const expected = (head?.seq ?? 0) + 1;
  if (seq === head?.seq) return `INVALID: duplicate sequence`;
  if (seq > expected) return `INVALID: sequence gap (${expected}..${seq - 1})`;
  if (seq < expected) return `INVALID: out of order`;
  if (prevHash !== head?.hash || prevId !== head?.id) return `INVALID: previous hash doesn't match`;
  return undefined;
}

function formOf(record: AuditRecord): string | undefined {
  try {
    return canonicalForm(record);
  } catch {
    return undefined;
  }
}
