import { Body, Controller, Get, Post, type Type } from '@nestjs/common';

interface Order {
  items: { quantity: number; unitPrice: number }[];
}

export interface BenchRoutes {
  /** What the second service answers at. */
  downstreamUrl: string;
  /** What stands above the handler of the audited route; nothing where nothing is audited. */
  audited?: MethodDecorator;
}

/** Handlers that do next to nothing, so that what is measured is what stands around them. */
export function benchController({ downstreamUrl, audited = () => {} }: BenchRoutes): Type {
  @Controller()
  class BenchController {
    @Get('greeting')
    greet(): object {
      return { greeting: 'hello' };
    }

    @Get('stock')
    async askForStock(): Promise<unknown> {
      const response = await fetch(downstreamUrl);
      return response.json();
    }

    @Post('orders')
    place(@Body() order: Order): object {
      return accepted(order);
    }

    @Post('audited-orders')
    @audited
    placeAudited(@Body() order: Order): object {
      return accepted(order);
    }
  }
  return BenchController;
}

function accepted({ items }: Order): object {
  return { status: 'PENDING', total: items.reduce((sum, item) => sum + item.quantity * item.unitPrice, 0) };
}
