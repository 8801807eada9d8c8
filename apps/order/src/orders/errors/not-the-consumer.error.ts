import { ForbiddenException } from '@nestjs/common';

/** A customer reached for the orders of another one. */
export class NotTheConsumer extends ForbiddenException {
  constructor() {
    super('A customer may place, see and change only their own orders.');
  }
}
