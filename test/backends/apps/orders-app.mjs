// A small order service in plain JavaScript, on ports of its own, which says on its first line where it is.
import { Body, Controller, Get, Module, NotFoundException, Param, Post } from '@nestjs/common';
import { Counted, createObservableApp, ObservabilityModule, Timed } from '@crowsnest/observability';
import { ManagementServer } from '@crowsnest/observability/management';

function decorate(target, name, ...decorators) {
  const descriptor = Object.getOwnPropertyDescriptor(target, name);
  for (const decorator of decorators) {
    Object.defineProperty(target, name, decorator(target, name, descriptor) ?? descriptor);
  }
}

class OrdersController {
  place(order) {
    return { status: 'PENDING', items: order.items };
  }

  read(id) {
    throw new NotFoundException(`Order ${id} does not exist.`);
  }
}
decorate(OrdersController.prototype, 'place', Post(), Timed('order.place'), Counted('placed_orders'));
decorate(OrdersController.prototype, 'read', Get(':id'));
Body()(OrdersController.prototype, 'place', 0);
Param('id')(OrdersController.prototype, 'read', 0);
Controller('orders')(OrdersController);

class AppModule {}
Module({
  imports: [ObservabilityModule.forRoot({ service: { name: 'orders' }, management: { port: 0 } })],
  controllers: [OrdersController],
})(AppModule);

const app = await createObservableApp(AppModule, { logger: false });
await app.listen(0, '127.0.0.1');
const managementUrl = app.get(ManagementServer, { strict: false }).url;
process.send({ url: await app.getUrl(), managementUrl });
process.on('disconnect', () => process.exit());
