import { NotFoundException } from '@nestjs/common';

export class OrderNotFound extends NotFoundException {
  constructor(id: string) {
    super(`Order ${id} does not exist.`);
  }
}
