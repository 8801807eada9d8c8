export interface WaitingBounds<T> {
  maxItems: number;
  maxBytes: number;
  sizeOf?: (item: T) => number;
}

/** Why an item is not let in, as the ledger books it. */
export type Refusal = 'queue_full' | 'unmeasurable';

/** The line in which items stand until a batch takes them, in the order in which they came. */
export class WaitingItems<T> {
  readonly #bounds: WaitingBounds<T>;
  readonly #items: T[] = [];
  readonly #sizes: number[] = [];
  #bytes = 0;

  constructor(bounds: WaitingBounds<T>) {
    this.#bounds = bounds;
  }

  get length(): number {
    return this.#items.length;
  }

  /** Lets an item in, or says why not. */
  push(item: T): Refusal | undefined {
    const { maxItems, maxBytes, sizeOf } = this.#bounds;
    if (this.#items.length >= maxItems) return 'queue_full';
    if (sizeOf) {
      const bytes = measured(sizeOf, item);
      if (bytes === undefined) return 'unmeasurable';
      if (this.#bytes + bytes > maxBytes) return 'queue_full';
      this.#bytes += bytes;
      this.#sizes.push(bytes);
    }
    this.#items.push(item);
    return undefined;
  }

  /** Takes the first items out of the line. */
  take(maxItems: number): T[] {
    for (const bytes of this.#sizes.splice(0, maxItems)) this.#bytes -= bytes;
    return this.#items.splice(0, maxItems);
  }
}

function measured<T>(sizeOf: (item: T) => number, item: T): number | undefined {
  try {
    const bytes = sizeOf(item);
    return bytes >= 0 ? bytes : undefined;
  } catch {
    return undefined;
  }
}
