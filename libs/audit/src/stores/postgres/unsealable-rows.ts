/** An entry that waits for its place in the chain. */
export interface OutboxRow {
  readonly place: string;
  readonly id: string;
  readonly entry: string;
}

/** Data that PostgreSQL does not take, keys that are there already, and what exceeds its limits. */
const REFUSED_DATA = /^(22|23|54)[0-9A-Z]{3}$/;

/** Says whether rows are why a statement failed, and not the database or the way to it. */
export function isFaultOfRow(error: unknown): boolean {
  return REFUSED_DATA.test(String((error as { code?: unknown }).code));
}

/** Among these rows of the outbox is one that cannot become a record. */
export class UnsealableRows extends Error {
  readonly places: readonly string[];

  constructor(rows: readonly OutboxRow[], cause: Error) {
    const [{ id, place }] = rows as readonly [OutboxRow];
    super(
      `AuditModule: the entry ${id} cannot be sealed: ${cause.message}. ` +
        `It stays in audit_outbox at place ${place}. Record anew what it says, then delete it there.`,
      { cause },
    );
    this.places = rows.map((row) => row.place);
  }
}
