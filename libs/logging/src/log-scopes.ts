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
  /** Fields assigned to a request, or to an observed call outside of any. */
  readonly #assigned = new WeakMap<Observation, Fields>();
  readonly #opened = new AsyncLocalStorage<OpenedScope>();

  /** Has all later lines of the running request or observed call carry these fields; outside of both it does nothing. */
  assign(fields: Fields): void {
    const scope = this.#innermost(currentObservation());
    if (scope === undefined) return;
    if (isOpened(scope)) return addFields(scope.fields, fields);
    let assigned = this.#assigned.get(scope);
    if (assigned === undefined) this.#assigned.set(scope, (assigned = emptyLine()));
    addFields(assigned, fields);
  }

  /** Runs work in a scope of its own. */
  open<T>(work: () => T, fields: Fields, inherit: boolean): T {
    const scope = { within: currentObservation(), fields: emptyLine() };
    if (inherit) Object.assign(scope.fields, this.fieldsOf(currentObservation()));
    addFields(scope.fields, fields);
    return this.#opened.run(scope, work);
  }

  /** Adds the ids of an observation, the current one if none is given, and the fields assigned to it. */
  addTo(line: Fields, about = currentObservation()): void {
    for (let one = about; one !== undefined; one = around(one)) {
      if (one.trace !== undefined && line['trace_id'] === undefined) {
        line['trace_id'] = one.trace.traceId;
        line['span_id'] = one.trace.spanId;
        line['trace_flags'] = one.trace.traceFlags.toString(16).padStart(2, '0');
      }
      if (one.kind === 'http.server') line['request_id'] = one.requestId;
    }
    Object.assign(line, this.fieldsOf(about));
  }

  /** The fields that lines of an observation carry. */
  fieldsOf(about: Observation | undefined): Fields | undefined {
    const scope = this.#innermost(about);
    if (scope === undefined) return undefined;
    return isOpened(scope) ? scope.fields : this.#assigned.get(scope);
  }

  /** The innermost scope: one that was opened, or else the outermost observation, which is the request. */
  #innermost(about: Observation | undefined): OpenedScope | Observation | undefined {
    const opened = this.#opened.getStore();
    // What was begun after the scope's call had ended is part of what that call was part of.
    let within = opened?.within;
    while (within?.kind === 'method' && within.durationMs !== undefined) within = within.outer;
    let outermost: Observation | undefined;
    for (let one = about; one !== undefined; one = around(one)) {
      if (opened !== undefined && one === within) return opened;
      outermost = one;
    }
    const isRequest = outermost?.kind === 'http.server';
    return opened !== undefined && within === undefined && !isRequest ? opened : outermost;
  }
}

/** What an observation is part of. */
function around(one: Observation): Observation | undefined {
  return one.kind === 'method' ? one.outer : undefined;
}

function isOpened(scope: OpenedScope | Observation): scope is OpenedScope {
  return 'within' in scope;
}
