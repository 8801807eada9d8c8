import { ApiProperty } from '@nestjs/swagger';
import { OrderItemDto } from './place-order.dto.js';

export const ORDER_STATUSES = ['PENDING', 'APPROVED', 'REJECTED', 'CANCELLED'] as const;

export type OrderStatus = (typeof ORDER_STATUSES)[number];

/** An order as the order service answers it. */
export class OrderView {
  @ApiProperty({ format: 'uuid' })
  id!: string;

  @ApiProperty()
  consumerId!: string;

  @ApiProperty({ enum: ORDER_STATUSES })
  status!: OrderStatus;

  @ApiProperty({ type: [OrderItemDto] })
  items!: OrderItemDto[];

  @ApiProperty({ example: 25 })
  total!: number;

  @ApiProperty({ format: 'date-time' })
  createdAt!: string;

  @ApiProperty({ format: 'date-time' })
  updatedAt!: string;
}

/** One page of a list, newest first. */
export class OrderPage {
  @ApiProperty({ type: [OrderView] })
  items!: OrderView[];

  @ApiProperty({ required: false, description: 'Absent on the last page.' })
  next?: string;
}
