import { IsInt, Matches, Max, Min } from 'class-validator';
import { IsAmount } from './amount.decorator.js';
import { toCents } from './money.js';
import type { OrderItem } from './order.js';

/** One line of an order, as callers send it. */
export class OrderItemDto {
  @Matches(/^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$/, {
    message: 'sku must be 1 to 64 letters, digits, dots, dashes or underscores',
  })
  sku!: string;

  @IsInt()
  @Min(1)
  @Max(1_000)
  quantity!: number;

  @IsAmount()
  @Min(0)
  @Max(1_000_000)
  unitPrice!: number;
}

export function itemOf({ sku, quantity, unitPrice }: OrderItemDto): OrderItem {
  return { sku, quantity, unitPriceCents: toCents(unitPrice) };
}
