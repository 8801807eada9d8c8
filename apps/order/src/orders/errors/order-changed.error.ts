import { ConflictException } from '@nestjs/common';

/** Somebody else changed the order between reading and writing it. */
export class OrderChanged extends ConflictException {
  constructor(id: string) {
    super(`Order ${id} was changed by another request at the same time. Read it again and repeat the wish.`);
  }
}
