import type { IncomingMessage, ServerResponse } from 'node:http';
import type { HttpServerObservation } from './http-server-observation.js';

/** An answer that is not complete yet. */
export interface OpenAnswer {
  readonly observation: HttpServerObservation;
  readonly incoming: IncomingMessage;
  readonly outgoing: ServerResponse;
  /** Where it stands among all; -1 once it is complete. */
  place: number;
}

/**
 * The answers that are not complete yet, in no order. A Map would do, but one that entries come to and go from without
 * end makes ever new tables, each of which keeps the next one alive until all of memory is searched.
 */
export class OpenAnswers implements Iterable<OpenAnswer> {
  readonly #all: OpenAnswer[] = [];

  get size(): number {
    return this.#all.length;
  }

  add(observation: HttpServerObservation, incoming: IncomingMessage, outgoing: ServerResponse): OpenAnswer {
    const answer = { observation, incoming, outgoing, place: this.#all.length };
    this.#all.push(answer);
    return answer;
  }

  /** Takes an answer out, and says whether it was still there. */
  remove(answer: OpenAnswer): boolean {
    if (answer.place < 0) return false;
    const last = this.#all.pop()!;
    if (last !== answer) {
      this.#all[answer.place] = last;
      last.place = answer.place;
    }
    answer.place = -1;
    return true;
  }

  [Symbol.iterator](): Iterator<OpenAnswer> {
    return this.#all[Symbol.iterator]();
  }
}
