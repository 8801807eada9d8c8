/** What is wrong with a record; the wording is that of transparency logs. */
export interface Fault {
  /** Where it stands: file and line, or stream and place. */
  readonly place: string;
  readonly verdict: string;
}

/** What came of verifying one source of records. */
export interface Verification {
  readonly records: number;
  readonly streams: number;
  readonly fault?: Fault;
  /** What is not wrong, and worth knowing. */
  readonly notes: readonly string[];
}
