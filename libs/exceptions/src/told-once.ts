/** Remembers which errors were told of, so that nobody is told twice of one error of one request. */
export class ToldOnce {
  readonly #ofRequest = new WeakMap<object, Set<unknown>>();
  /** For errors that come up where no request is known. */
  readonly #ofAll = new WeakSet<object>();

  /** Whether this is the first time; an error object that several requests throw is another one in each of them. */
  isFirst(error: unknown, request: object | undefined): boolean {
    const isObject = typeof error === 'object' && error !== null;
    if (request === undefined) {
      if (!isObject) return true;
      if (this.#ofAll.has(error)) return false;
      this.#ofAll.add(error);
      return true;
    }
    let told = this.#ofRequest.get(request);
    if (told === undefined) this.#ofRequest.set(request, (told = new Set()));
    if (told.has(error)) return false;
    told.add(error);
    if (isObject) this.#ofAll.add(error);
    return true;
  }
}
