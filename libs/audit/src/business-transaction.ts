import type { AuditFacts } from './audit-facts.js';
import type { AuditedCall } from './audited-call.js';
import type { SqlTransaction } from './audit-store.js';

/** Whatever opens transactions of the business; TypeORM's `DataSource` does. */
export interface BusinessDataSource<Manager extends SqlTransaction = SqlTransaction> {
  readonly manager: Manager;
  transaction<T>(work: (manager: Manager) => Promise<T>): Promise<T>;
}

/** Errors with which PostgreSQL itself says that a transaction came to nothing; a lost connection is none of them. */
const REFUSED_BY_DATABASE = /^(?!08|57)([0-9][0-9A-Z]|F0|HV|P0|XX)[0-9A-Z]{3}$/;

/** One transaction of the business, with the records that are to be written just before its COMMIT. */
export class BusinessTransaction {
  readonly #facts: AuditFacts[] = [];
  #isOpen = true;
  #isWritten = false;
  manager!: SqlTransaction;

  constructor(
    private readonly dataSource: object,
    private readonly call: AuditedCall | undefined,
  ) {}

  isOpenOn(dataSource: object): boolean {
    return this.#isOpen && this.dataSource === dataSource;
  }

  /** Takes in what succeeded as part of the transaction; says no once it is too late. */
  take(facts: AuditFacts): boolean {
    if (this.#isOpen && facts.outcome === 'success') this.#facts.push(facts);
    return this.#isOpen && facts.outcome === 'success';
  }

  /** All that is to be written before the COMMIT, given what the work gave back. */
  close(result: unknown): readonly AuditFacts[] {
    this.#isOpen = false;
    if (this.call !== undefined) this.#facts.push(this.call.facts('success', result));
    return this.#facts;
  }

  written(): void {
    this.#isWritten = true;
  }

  committed(): void {
    if (this.call !== undefined) this.call.state = 'written';
  }

  /** What is left to be told, outside of the transaction, of one that came to nothing. */
  failed(error: unknown): readonly AuditFacts[] {
    this.#isOpen = false;
    const { call } = this;
    const isDoubtful = this.#isWritten && !REFUSED_BY_DATABASE.test(String((error as { code?: unknown } | null)?.code));
    const inner = this.#facts.filter(({ id }) => id !== call?.id);
    const told = inner.map((facts): AuditFacts => ({
      ...facts,
      outcome: isDoubtful ? 'unknown' : 'failure',
      reason: isDoubtful
        ? 'the connection was lost while the transaction committed'
        : 'the transaction was rolled back',
    }));
    if (call === undefined) return told;
    call.isDoubtful = isDoubtful;
    if (!call.hasEnded) {
      call.state = 'unwritten';
      return told;
    }
    call.state = 'written';
    return [...told, { ...call.facts(isDoubtful ? 'unknown' : 'failure'), error }];
  }
}
