import { Matches } from 'class-validator';
import { ReviseOrderDto } from './revise-order.dto.js';

export class PlaceOrderDto extends ReviseOrderDto {
  @Matches(/^\P{C}{1,100}$/u, { message: 'consumerId must be 1 to 100 printable characters' })
  consumerId!: string;
}
