import { UnprocessableEntityException } from '@nestjs/common';

/** An idempotency key came again with another order. */
export class PlacementKeyReused extends UnprocessableEntityException {
  constructor() {
    super('This Idempotency-Key was used for a different order. Use a new key for a new order.');
  }
}
