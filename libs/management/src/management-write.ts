/** Something that an operator changed, or tried to. */
export interface ManagementWrite {
  readonly method: 'POST' | 'PUT';
  readonly path: string;
  /** The parsed JSON body; undefined when the caller was refused before it was read. */
  readonly body: unknown;
  readonly status: number;
  /** The address that the request came from. */
  readonly callerAddress?: string;
}

/** Told of every write after its answer is known. */
export type WriteListener = (write: ManagementWrite) => void;
