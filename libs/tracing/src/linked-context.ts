import type { Context } from '@opentelemetry/api';

/** A context that keeps its values in a chain: OpenTelemetry's own copies all of them each time one is set. */
class LinkedContext implements Context {
  constructor(
    private readonly parent?: LinkedContext,
    private readonly key?: symbol,
    private readonly value?: unknown,
  ) {}

  getValue(key: symbol): unknown {
    let one: LinkedContext | undefined = this as LinkedContext;
    while (one !== undefined && one.key !== key) one = one.parent;
    return one?.value;
  }

  setValue(key: symbol, value: unknown): Context {
    return new LinkedContext(this.#without(key), key, value);
  }

  deleteValue(key: symbol): Context {
    return this.#without(key);
  }

  /** What is replaced must not stay reachable: work that starts its own next round would hold all its rounds. */
  #without(key: symbol): LinkedContext {
    if (this.parent === undefined) return this;
    if (this.key === key) return this.parent;
    const rest = this.parent.#without(key);
    return rest === this.parent ? this : new LinkedContext(rest, this.key, this.value);
  }
}

/** Where the contexts of requests begin. */
export const EMPTY_CONTEXT: Context = new LinkedContext();
