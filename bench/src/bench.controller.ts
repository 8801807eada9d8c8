import { Body, Controller, Get, Post } from '@nestjs/common';

/** Handlers that do next to nothing, so that what is measured is what stands around them. */
@Controller()
export class BenchController {
  @Get('greeting')
  greet(): object {
    return { greeting: 'hello' };
  }

  @Post('orders')
  place(@Body() order: { items: { quantity: number; unitPrice: number }[] }): object {
    return { status: 'PENDING', total: order.items.reduce((sum, item) => sum + item.quantity * item.unitPrice, 0) };
  }
}
