import { ApiProperty } from '@nestjs/swagger';
import { Type } from 'class-transformer';
import { IsIn, IsInt, IsOptional, IsString, Matches, Max, Min } from 'class-validator';
import { ORDER_STATUSES, type OrderStatus } from './order-view.js';

export class ListOrdersDto {
  @ApiProperty({ required: false })
  @IsOptional()
  @Matches(/^\P{C}{1,100}$/u, { message: 'consumerId must be 1 to 100 printable characters' })
  consumerId?: string;

  @ApiProperty({ required: false, enum: ORDER_STATUSES })
  @IsOptional()
  @IsIn(ORDER_STATUSES)
  status?: OrderStatus;

  @ApiProperty({ required: false, description: 'The "next" of an earlier page.' })
  @IsOptional()
  @IsString()
  after?: string;

  @ApiProperty({ required: false, type: 'integer', minimum: 1, maximum: 100, default: 20 })
  @IsOptional()
  @Type(() => Number)
  @IsInt()
  @Min(1)
  @Max(100)
  limit?: number;
}
