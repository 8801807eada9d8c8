import { type HttpServerObservation, markMethods } from '#observation';

export const AUDITED_ASPECT = 'audited';

/** One call of an audited method, as the functions among its options see it. */
export interface AuditedArguments {
  readonly args: readonly any[];
  /** What the call gave back; inside `AuditTrail.transaction()`, what the work of the transaction gave back. */
  readonly result?: any;
  /** What the call threw. */
  readonly error?: unknown;
  /** The HTTP request that the call is part of. */
  readonly request?: HttpServerObservation;
}

/** What was acted upon, as a developer writes it; the id is written as text. */
export interface AuditedTarget {
  readonly type: string;
  readonly id: unknown;
}

/** What is recorded of a method's calls. */
export interface AuditedOptions {
  /**
   * What is done, in dotted words such as `order.place`; the last one is the verb.
   * @default class and method
   */
  readonly action?: string;
  /**
   * Tells what is acted upon.
   * @default nothing
   */
  readonly target?: (call: AuditedArguments) => AuditedTarget | readonly AuditedTarget[] | undefined;
  /**
   * Tells who acts, where that is not the principal of the request: in a job, say.
   * @default the verified principal of the request, otherwise `anonymous`
   */
  readonly actor?: (call: AuditedArguments) => { readonly id: string; readonly type?: string } | undefined;
  /**
   * Tells the states before and after; their difference is recorded as a JSON patch, redacted.
   * @default nothing
   */
  readonly change?: (call: AuditedArguments) => { readonly before: unknown; readonly after: unknown } | undefined;
  /**
   * Tells why it was done, in the words of whoever did it.
   * @default nothing
   */
  readonly reason?: (call: AuditedArguments) => string | undefined;
  /**
   * `'strict'` gives the caller its result only after the record is durable, and `AuditUnavailable` if that fails; what
   * the method did is undone only within `AuditTrail.transaction()`.
   * @default `mode` of AuditOptions
   */
  readonly mode?: 'async' | 'strict';
  /**
   * Which values of the call are recorded, redacted and at most as large as `maxRecordBytes` allows.
   * @default none
   */
  readonly capture?: { readonly args?: boolean; readonly result?: boolean };
}

/**
 * Records each call once, with who did what to what and how it ended; above a route handler also what guards refused.
 *
 * @example
 * ```ts
 * @Audited({ action: 'order.cancel', target: ({ args: [id] }) => ({ type: 'order', id }) })
 * async cancel(id: string): Promise<Order> { … }
 * ```
 */
export function Audited(actionOrOptions: string | AuditedOptions = {}): MethodDecorator & ClassDecorator {
  const options = typeof actionOrOptions === 'string' ? { action: actionOrOptions } : actionOrOptions;
  return markMethods(AUDITED_ASPECT, checkAuditedOptions(options), 'audit');
}

const NAMES: Readonly<Record<keyof AuditedOptions, true>> = {
  action: true,
  target: true,
  actor: true,
  change: true,
  reason: true,
  mode: true,
  capture: true,
};

/** Refuses what cannot work, naming the option, its value and the way out. */
export function checkAuditedOptions(options: AuditedOptions): AuditedOptions {
  for (const name of Object.keys(options)) {
    if (name in NAMES) continue;
    throw new Error(`@Audited: "${name}" is no option. Use one of ${Object.keys(NAMES).join(', ')}.`);
  }
  const { action, mode } = options;
  if (action !== undefined && !/^[\w-]+(\.[\w-]+)*$/.test(action)) {
    throw new Error(`@Audited: action ${JSON.stringify(action)} is no name. Use dotted words, like "order.place".`);
  }
  if (mode !== undefined && mode !== 'async' && mode !== 'strict') {
    throw new Error(`@Audited: mode ${JSON.stringify(mode)} is no mode. Use 'async' or 'strict'.`);
  }
  return options;
}
