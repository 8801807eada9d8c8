import { Body, Controller, Get, HttpCode, Param, ParseUUIDPipe, Post, Query } from '@nestjs/common';
import { Audited, type AuditedArguments } from '@crowsnest/observability';
import type { Actor } from '../auth/actor.js';
import { CurrentActor } from '../auth/current-actor.decorator.js';
import { Roles } from '../auth/roles.decorator.js';
import { IdempotencyKey } from './idempotency-key.decorator.js';
import { ListOrdersDto } from './list-orders.dto.js';
import { cursorAfter, readCursor } from './order-cursor.js';
import { itemOf } from './order-item.dto.js';
import { type OrderView, viewOf } from './order-view.js';
import { OrdersService } from './orders.service.js';
import { PlaceOrderDto } from './place-order.dto.js';
import { Placing } from './placing.js';
import { ReviseOrderDto } from './revise-order.dto.js';

/** Names the order for the audit log, also when a guard refuses and no handler gets any arguments. */
const orderOfRequest = ({ request }: AuditedArguments) => ({
  type: 'order',
  id: (request?.request as { params: { id: string } } | undefined)?.params.id,
});

@Controller('orders')
export class OrdersController {
  constructor(
    private readonly placing: Placing,
    private readonly orders: OrdersService,
  ) {}

  @Post()
  @Roles(['customer'])
  async place(
    @CurrentActor() actor: Actor,
    @Body() { consumerId, items }: PlaceOrderDto,
    @IdempotencyKey() key?: string,
  ): Promise<OrderView> {
    return this.placing.place(actor, consumerId, items.map(itemOf), key);
  }

  @Get()
  async list(@CurrentActor() actor: Actor, @Query() { after, limit, ...wanted }: ListOrdersDto) {
    // One more than asked for tells whether there is a next page.
    const found = await this.orders.list(actor, {
      ...wanted,
      after: after === undefined ? undefined : readCursor(after),
      limit: limit + 1,
    });
    const page = found.slice(0, limit);
    const last = found.length > limit ? page.at(-1) : undefined;
    return { items: page.map(viewOf), next: last && cursorAfter(last) };
  }

  @Get(':id')
  async read(@CurrentActor() actor: Actor, @Param('id', ParseUUIDPipe) id: string): Promise<OrderView> {
    return viewOf(await this.orders.read(actor, id));
  }

  @Post(':id/revise')
  @HttpCode(200)
  @Roles(['customer'])
  @Audited({ action: 'order.revise', target: orderOfRequest })
  async revise(
    @CurrentActor() actor: Actor,
    @Param('id', ParseUUIDPipe) id: string,
    @Body() { items }: ReviseOrderDto,
  ): Promise<OrderView> {
    return viewOf(await this.orders.revise(actor, id, items.map(itemOf)));
  }

  @Post(':id/cancel')
  @HttpCode(200)
  @Roles(['customer'])
  @Audited({ action: 'order.cancel', target: orderOfRequest })
  async cancel(@CurrentActor() actor: Actor, @Param('id', ParseUUIDPipe) id: string): Promise<OrderView> {
    return viewOf(await this.orders.cancel(actor, id));
  }

  @Post(':id/approve')
  @HttpCode(200)
  @Roles(['operator'])
  @Audited({ action: 'order.approve', target: orderOfRequest })
  async approve(@CurrentActor() actor: Actor, @Param('id', ParseUUIDPipe) id: string): Promise<OrderView> {
    return viewOf(await this.orders.approve(actor, id));
  }

  @Post(':id/reject')
  @HttpCode(200)
  @Roles(['operator'])
  @Audited({ action: 'order.reject', target: orderOfRequest })
  async reject(@CurrentActor() actor: Actor, @Param('id', ParseUUIDPipe) id: string): Promise<OrderView> {
    return viewOf(await this.orders.reject(actor, id));
  }
}
