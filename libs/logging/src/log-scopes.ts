import { AsyncLocalStorage } from 'node:async_hooks';
import { currentObservation, type Observation } from '#observation';
import type { Fields } from './log-entry.js';
import { addFields, emptyLine } from './reserved-keys.js';

/** A scope that the program opened itself. */
interface OpenedScope {
  readonly within: Observation | undefined;
  readonly fields: Fields;
}

/** Knows what the running code is part of: the ids that its lines carry, and the fields that were assigned to it. */
export class LogScopes {
  readonly #parents = new WeakMap<Observation, Observation>();
  /** Fields assigned to a request, or to an observed call outside of any. */
  readonly #assigned = new WeakMap<Observation, Fields>();
  readonly #opened = new AsyncLocalStorage<OpenedScope>();

  /** Notes what an observed call is part of; it is asked before the call has become the current observation. */
  enter(call: Observation): void {
    const parent = currentObservation();
    if (parent !== undefined) this.#parents.set(call, parent);
  }

  /** Has all later lines of the running request or observed call carry these fields; outside of both it does nothing. */
  assign(fields: Fields): void {
    const scope = this.#current();
    if (scope === undefined) return;
    if (isOpened(scope)) return addFields(scope.fields, fields);
    let assigned = this.#assigned.get(scope);
    if (assigned === undefined) this.#assigned.set(scope, (assigned = emptyLine()));
    addFields(assigned, fields);
  }

  /** Runs work in a scope of its own. */
  open<T>(work: () => T, fields: Fields, inherit: boolean): T {
    const scope = { within: currentObservation(), fields: emptyLine() };
    if (inherit) Object.assign(scope.fields, this.#fields());
    addFields(scope.fields, fields);
    return this.#opened.run(scope, work);
  }

  /** Adds the ids of the current observation and the fields assigned to it. */
  addTo(line: Fields): void {
    for (let one = currentObservation(); one !== undefined; one = this.#parents.get(one)) {
      if (one.trace !== undefined && line['trace_id'] === undefined) {
        line['trace_id'] = one.trace.traceId;
        line['span_id'] = one.trace.spanId;
        line['trace_flags'] = one.trace.traceFlags.toString(16).padStart(2, '0');
      }
      if (one.kind === 'http.server') line['request_id'] = one.requestId;
    }
    Object.assign(line, this.#fields());
  }

  #fields(): Fields | undefined {
    const scope = this.#current();
    if (scope === undefined) return undefined;
    return isOpened(scope) ? scope.fields : this.#assigned.get(scope);
  }

  /** The innermost scope: one that was opened, or else the outermost observation, which is the request. */
  #current(): OpenedScope | Observation | undefined {
    const opened = this.#opened.getStore();
    let outermost: Observation | undefined;
    for (let one = currentObservation(); one !== undefined; one = this.#parents.get(one)) {
      if (opened?.within === one) return opened;
      outermost = one;
    }
    const isRequest = outermost?.kind === 'http.server';
    return opened !== undefined && opened.within === undefined && !isRequest ? opened : outermost;
  }
}

function isOpened(scope: OpenedScope | Observation): scope is OpenedScope {
  return 'within' in scope;
}
