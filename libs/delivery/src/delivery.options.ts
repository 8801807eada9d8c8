/** What a receiver that took only a part of the batch says; nothing, or `rejected: 0`, means that it took all. */
export interface SendResult {
  rejected: number;
  /** Why, as a short lower-case word for the ledger. @default 'rejected' */
  reason?: string;
}

/**
 * Carries one batch to the receiver. Rejecting with a `RetryableError` asks for another attempt. When the signal aborts the
 * batch is given up, and `send` must let go of its sockets and settle.
 */
export type Send<T> = (batch: readonly T[], signal: AbortSignal) => Promise<SendResult | void>;

/** Something a person may want to know about a pipe; told at once, and not throttled except for `queue_full`. */
export interface DeliveryTrouble {
  pipe: string;
  /** The reason under which the ledger books the items, or would if they were not retried. */
  reason: string;
  items: number;
  /** The items stay in flight and are sent again. */
  willRetry: boolean;
  error?: unknown;
}

export interface DeliveryOptions<T> {
  /** Names the pipe in the ledger, in metrics and in messages. */
  name: string;
  send: Send<T>;
  /**
   * How many items may wait; up to `maxInFlight` batches are held beside them.
   * @default 2048
   */
  maxItems?: number;
  /**
   * How many bytes may wait, as measured by `sizeOf`.
   * @default 16777216
   */
  maxBytes?: number;
  /**
   * Measures an item in bytes; without it only `maxItems` bounds the queue.
   * @default undefined
   */
  sizeOf?: (item: T) => number;
  /**
   * How many items one `send` gets at most.
   * @default 512
   */
  maxBatch?: number;
  /**
   * How long the first item waits for others to fill its batch.
   * @default 1000
   */
  flushIntervalMs?: number;
  /**
   * How long one attempt may take from start to end, however lively the connection is.
   * @default 5000
   */
  deadlineMs?: number;
  /**
   * How often one batch is attempted before it is dropped.
   * @default 5
   */
  maxAttempts?: number;
  /**
   * The longest wait before the second attempt; it doubles with each further attempt and the wait is drawn from all of it.
   * @default 250
   */
  backoffBaseMs?: number;
  /**
   * The longest wait before any attempt, unless the receiver asks for more.
   * @default 5000
   */
  backoffMaxMs?: number;
  /**
   * How many batches may be on their way at the same time.
   * @default 1
   */
  maxInFlight?: number;
  /**
   * After how many failed attempts in a row the pipe waits for the receiver to come back.
   * @default 3
   */
  failureThreshold?: number;
  /**
   * How often a receiver that keeps failing is tried.
   * @default 5000
   */
  probeAfterMs?: number;
  /**
   * Told about failed attempts, refused parts of a batch, and the first refusal of a full queue.
   * @default undefined
   */
  onTrouble?: (trouble: DeliveryTrouble) => void;
}

export const DEFAULT_DELIVERY_OPTIONS = Object.freeze({
  maxItems: 2_048,
  maxBytes: 16 * 1_024 * 1_024,
  maxBatch: 512,
  flushIntervalMs: 1_000,
  deadlineMs: 5_000,
  maxAttempts: 5,
  backoffBaseMs: 250,
  backoffMaxMs: 5_000,
  maxInFlight: 1,
  failureThreshold: 3,
  probeAfterMs: 5_000,
});

/** A timer of Node fires at once when it is set any further ahead. */
const LONGEST_TIMER_MS = 2_147_483_647;

type Limit = keyof typeof DEFAULT_DELIVERY_OPTIONS;

export type ResolvedDeliveryOptions<T> = DeliveryOptions<T> & Record<Limit, number>;

/** Fills in the defaults and refuses what cannot work, naming the pipe, the option and its value. */
export function resolveDeliveryOptions<T>(options: DeliveryOptions<T>): ResolvedDeliveryOptions<T> {
  const { name } = options;
  if (typeof name !== 'string' || name === '') {
    throw new TypeError(
      `DeliveryQueue: name ${JSON.stringify(name)} is no name. Give the pipe a short one, such as "spans"`,
    );
  }
  for (const callback of ['send', 'sizeOf', 'onTrouble'] as const) {
    const given = options[callback];
    if (typeof given === 'function' || (given === undefined && callback !== 'send')) continue;
    throw new TypeError(`DeliveryQueue "${name}": ${callback} is of type ${typeof given}. Give a function`);
  }
  const resolved: ResolvedDeliveryOptions<T> = { ...DEFAULT_DELIVERY_OPTIONS, ...withoutUndefined(options) };
  for (const limit of Object.keys(DEFAULT_DELIVERY_OPTIONS) as Limit[]) {
    const value: unknown = resolved[limit];
    if (Number.isSafeInteger(value) && (value as number) >= 1 && (value as number) <= LONGEST_TIMER_MS) continue;
    throw new RangeError(
      `DeliveryQueue "${name}": ${limit} ${String(value)} is not a whole number from 1 to ${LONGEST_TIMER_MS}. ` +
        `Leave it out for ${DEFAULT_DELIVERY_OPTIONS[limit]}`,
    );
  }
  return resolved;
}

function withoutUndefined<O extends object>(options: O): O {
  return Object.fromEntries(Object.entries(options).filter(([, value]) => value !== undefined)) as O;
}
