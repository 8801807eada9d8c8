import { setTimeout as sleep } from 'node:timers/promises';
import { Body, Controller, ForbiddenException, Get, Injectable, Logger, Param, Post } from '@nestjs/common';
import { InjectPinoLogger, PinoLogger } from 'nestjs-pino';
import { NotLogged, Observed } from '#observation';

@Injectable()
export class PricesService {
  constructor(@InjectPinoLogger('PricesService') readonly pino: PinoLogger) {}

  @Observed('order.price')
  async price(sku: string): Promise<number> {
    await sleep(1);
    if (sku === 'broken') throw new RangeError('no price for password=hunter2');
    this.pino.assign({ sku });
    this.pino.info('priced');
    return 3;
  }
}

@Controller('orders')
export class OrdersController {
  readonly logger = new Logger('OrdersController');

  constructor(
    readonly prices: PricesService,
    readonly pino: PinoLogger,
  ) {
    pino.setContext('OrdersPino');
  }

  @Get('forbidden')
  forbidden(): never {
    throw new ForbiddenException();
  }

  @Get('crash')
  crash(): never {
    throw new TypeError('no such thing');
  }

  @Get('quiet')
  @NotLogged()
  quiet(): string {
    this.logger.log('in the quiet');
    return 'quiet';
  }

  @Get('slow')
  async slow(): Promise<string> {
    await sleep(300);
    return 'late';
  }

  @Get('price/:sku')
  async price(@Param('sku') sku: string): Promise<number> {
    const price = await this.prices.price(sku);
    this.logger.log('told the price');
    return price;
  }

  @Get(':id')
  async read(@Param('id') id: string): Promise<string> {
    this.pino.assign({ orderId: id });
    this.logger.log(`reading ${id}`);
    await sleep(Math.random() * 10);
    this.pino.info({ step: 2 }, 'read %s', id);
    return id;
  }

  @Post()
  place(@Body() body: unknown): string {
    this.logger.log(body as object);
    return 'placed';
  }
}
