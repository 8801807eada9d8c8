import { ConflictException } from '@nestjs/common';

/** An order is not in a status from which the wish can be granted. */
export class TransitionRefused extends ConflictException {
  constructor(id: string, status: string, wish: string, allowed: readonly string[]) {
    super(`Order ${id} is ${status}. Only one that is ${allowed.join(' or ')} can be ${wish}.`);
  }
}
