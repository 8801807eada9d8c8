import { Module } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { expect, it } from 'vitest';
import { ObservationModule } from './observation.module.js';

@Module({ imports: [ObservationModule] })
class SignalsModule {
  static readonly importOnce = true;
  static forRoot = () => ({
    module: SignalsModule,
    global: true,
    providers: [{ provide: Symbol('options'), useValue: {} }],
  });
}

@Module({ imports: [SignalsModule.forRoot()] })
class OrdersModule {}

@Module({})
class BystanderModule {}

@Module({ imports: [SignalsModule.forRoot(), OrdersModule, BystanderModule] })
class AppModule {}

it('a module whose second import would double its signals is refused with the names of both importers', async () => {
  const start = (module: new () => object) =>
    NestFactory.createApplicationContext(module, { logger: false, abortOnError: false });
  await expect(start(AppModule)).rejects.toThrow(
    /^SignalsModule is imported twice, by (AppModule and OrdersModule|OrdersModule and AppModule): /,
  );
  await (await start(OrdersModule)).close();
});
