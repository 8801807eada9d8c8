/** A concurrent request with the same idempotency key has placed the order first. */
export class PlacementKeyTaken extends Error {
  constructor() {
    super('A request with the same Idempotency-Key has placed the order first.');
  }
}
