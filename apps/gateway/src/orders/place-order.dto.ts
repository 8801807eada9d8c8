import { ApiProperty } from '@nestjs/swagger';
import { Type } from 'class-transformer';
import {
  ArrayMaxSize,
  ArrayMinSize,
  IsArray,
  IsInt,
  IsObject,
  Matches,
  Max,
  Min,
  ValidateNested,
} from 'class-validator';
import { IsAmount } from './amount.decorator.js';

export class OrderItemDto {
  @ApiProperty({ example: 'chicken-vindaloo', pattern: '^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$' })
  @Matches(/^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$/, {
    message: 'sku must be 1 to 64 letters, digits, dots, dashes or underscores',
  })
  sku!: string;

  @ApiProperty({ type: 'integer', example: 2, minimum: 1, maximum: 1_000 })
  @IsInt()
  @Min(1)
  @Max(1_000)
  quantity!: number;

  @ApiProperty({ example: 12.5, minimum: 0, maximum: 1_000_000, multipleOf: 0.01 })
  @IsAmount()
  @Min(0)
  @Max(1_000_000)
  unitPrice!: number;
}

export class ReviseOrderDto {
  @ApiProperty({ type: [OrderItemDto], minItems: 1, maxItems: 100 })
  @IsArray()
  @ArrayMinSize(1)
  @ArrayMaxSize(100)
  // ValidateNested alone lets an empty array pass for an item.
  @IsObject({ each: true })
  @ValidateNested({ each: true })
  @Type(() => OrderItemDto)
  items!: OrderItemDto[];
}

export class PlaceOrderDto extends ReviseOrderDto {
  @ApiProperty({ example: 'ada', minLength: 1, maxLength: 100 })
  @Matches(/^\P{C}{1,100}$/u, { message: 'consumerId must be 1 to 100 printable characters' })
  consumerId!: string;
}
