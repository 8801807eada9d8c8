import { Body, Controller, Get, HttpCode, Param, ParseUUIDPipe, Post, Query, UseInterceptors } from '@nestjs/common';
import { ApiBearerAuth, ApiCreatedResponse, ApiHeader, ApiOkResponse } from '@nestjs/swagger';
import { Roles } from '../auth/roles.decorator.js';
import { Caller, type CallerHeaders } from './caller.decorator.js';
import { ListOrdersDto } from './list-orders.dto.js';
import { OrderAnswerInterceptor } from './order-answer.interceptor.js';
import { OrderServiceClient } from './order-service.client.js';
import { OrderPage, OrderView } from './order-view.js';
import { PlaceOrderDto, ReviseOrderDto } from './place-order.dto.js';

/** The public API of orders: checks what it can check and leaves the rest to the order service. */
@ApiBearerAuth()
@UseInterceptors(OrderAnswerInterceptor)
@Controller('orders')
export class OrdersController {
  constructor(private readonly orders: OrderServiceClient) {}

  @Post()
  @Roles(['customer'])
  @ApiHeader({ name: 'Idempotency-Key', required: false })
  @ApiCreatedResponse({ type: OrderView })
  place(@Caller() caller: CallerHeaders, @Body() order: PlaceOrderDto) {
    return this.orders.place(caller, order);
  }

  @Get()
  @ApiOkResponse({ type: OrderPage })
  list(@Caller() caller: CallerHeaders, @Query() wanted: ListOrdersDto) {
    return this.orders.list(caller, wanted);
  }

  @Get(':id')
  @ApiOkResponse({ type: OrderView })
  read(@Caller() caller: CallerHeaders, @Param('id', ParseUUIDPipe) id: string) {
    return this.orders.read(caller, id);
  }

  @Post(':id/revise')
  @HttpCode(200)
  @Roles(['customer'])
  @ApiOkResponse({ type: OrderView })
  revise(@Caller() caller: CallerHeaders, @Param('id', ParseUUIDPipe) id: string, @Body() order: ReviseOrderDto) {
    return this.orders.revise(caller, id, order);
  }

  @Post(':id/cancel')
  @HttpCode(200)
  @Roles(['customer'])
  @ApiOkResponse({ type: OrderView })
  cancel(@Caller() caller: CallerHeaders, @Param('id', ParseUUIDPipe) id: string) {
    return this.orders.decide(caller, id, 'cancel');
  }

  @Post(':id/approve')
  @HttpCode(200)
  @Roles(['operator'])
  @ApiOkResponse({ type: OrderView })
  approve(@Caller() caller: CallerHeaders, @Param('id', ParseUUIDPipe) id: string) {
    return this.orders.decide(caller, id, 'approve');
  }

  @Post(':id/reject')
  @HttpCode(200)
  @Roles(['operator'])
  @ApiOkResponse({ type: OrderView })
  reject(@Caller() caller: CallerHeaders, @Param('id', ParseUUIDPipe) id: string) {
    return this.orders.decide(caller, id, 'reject');
  }
}
