import { Logger } from '@nestjs/common';
import type { CallerHeaders } from '../orders/caller.decorator.js';
import { type OrderAnswer, OrderServiceClient } from '../orders/order-service.client.js';
import type { PlaceOrderDto } from '../orders/place-order.dto.js';
import type { Faults } from './faults.js';

const SECRETS = {
  password: 'correct horse battery staple',
  headers: { authorization: 'Bearer eyJhbGciOiJFZERTQSJ9.eyJzdWIiOiJhZGEifQ.c2lnbmF0dXJl' },
  card: '4111 1111 1111 1111',
};

/** The client of the order service, made to break or to log secrets when a fault asks for it. */
export class OrderServiceWithFaultsClient extends OrderServiceClient {
  private readonly logger = new Logger('OrderServiceClient');

  constructor(
    orderUrl: string,
    private readonly faults: Faults,
  ) {
    super(orderUrl);
  }

  override async place(caller: CallerHeaders, order: PlaceOrderDto): Promise<OrderAnswer> {
    if (this.faults.isOn('log-secret')) this.logger.log({ msg: 'placing an order', ...SECRETS });
    return super.place(caller, order);
  }

  override async read(caller: CallerHeaders, id: string): Promise<OrderAnswer> {
    const answer = await super.read(caller, id);
    return this.faults.isOn('bug') ? mistaken(answer) : answer;
  }
}

/** Reads a field that no answer has: the kind of mistake that types usually prevent. */
function mistaken(answer: OrderAnswer): OrderAnswer {
  (answer as unknown as { order: { status: string } }).order.status.trim();
  return answer;
}
