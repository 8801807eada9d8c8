import { BadGatewayException, GatewayTimeoutException } from '@nestjs/common';
import type { CallerHeaders } from './caller.decorator.js';
import type { ListOrdersDto } from './list-orders.dto.js';
import type { PlaceOrderDto, ReviseOrderDto } from './place-order.dto.js';

/** An answer of the order service, good or bad, to be passed on as it is. */
export class OrderAnswer {
  constructor(
    readonly status: number,
    readonly headers: ReadonlyMap<string, string>,
    readonly body: string,
  ) {}
}

const TIMEOUT_MS = 5_000;
const PASSED_HEADERS = ['content-type', 'www-authenticate', 'retry-after'];

/** Speaks to the order service over HTTP. */
export class OrderServiceClient {
  constructor(private readonly orderUrl: string) {}

  async place(caller: CallerHeaders, order: PlaceOrderDto): Promise<OrderAnswer> {
    return this.call(caller, 'POST', '/orders', order);
  }

  async read(caller: CallerHeaders, id: string): Promise<OrderAnswer> {
    return this.call(caller, 'GET', `/orders/${id}`);
  }

  async list(caller: CallerHeaders, wanted: ListOrdersDto): Promise<OrderAnswer> {
    const query = new URLSearchParams(
      Object.entries({ ...wanted }).map(([name, value]): [string, string] => [name, `${value}`]),
    );
    return this.call(caller, 'GET', `/orders?${query}`);
  }

  async revise(caller: CallerHeaders, id: string, order: ReviseOrderDto): Promise<OrderAnswer> {
    return this.call(caller, 'POST', `/orders/${id}/revise`, order);
  }

  async decide(caller: CallerHeaders, id: string, decision: 'cancel' | 'approve' | 'reject'): Promise<OrderAnswer> {
    return this.call(caller, 'POST', `/orders/${id}/${decision}`);
  }

  private async call(caller: CallerHeaders, method: string, path: string, body?: object): Promise<OrderAnswer> {
    try {
      const response = await fetch(new URL(path, this.orderUrl), {
        method,
        headers: { ...caller, ...(body && { 'content-type': 'application/json' }) },
        body: body && JSON.stringify(body),
        redirect: 'error',
        signal: AbortSignal.timeout(TIMEOUT_MS),
      });
      const type = response.headers.get('content-type') ?? '';
      if (!/^application\/([\w.-]+\+)?json\b/.test(type)) {
        throw new Error(`The answer ${response.status} of ${method} ${path} is "${type}" and not JSON.`);
      }
      const headers = [...response.headers].filter(([name]) => PASSED_HEADERS.includes(name));
      return new OrderAnswer(response.status, new Map(headers), await response.text());
    } catch (cause) {
      if (cause instanceof Error && cause.name === 'TimeoutError') {
        throw new GatewayTimeoutException('The order service did not answer in time.', { cause });
      }
      throw new BadGatewayException('The order service did not give an answer.', { cause });
    }
  }
}
