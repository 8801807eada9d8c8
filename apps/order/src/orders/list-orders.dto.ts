import { Type } from 'class-transformer';
import { IsIn, IsInt, IsOptional, IsString, Matches, Max, Min } from 'class-validator';
import { ORDER_STATUSES, type OrderStatus } from './order.js';

export class ListOrdersDto {
  @IsOptional()
  @Matches(/^\P{C}{1,100}$/u, { message: 'consumerId must be 1 to 100 printable characters' })
  consumerId?: string;

  @IsOptional()
  @IsIn(ORDER_STATUSES)
  status?: OrderStatus;

  @IsOptional()
  @IsString()
  after?: string;

  @IsOptional()
  @Type(() => Number)
  @IsInt()
  @Min(1)
  @Max(100)
  limit: number = 20;
}
