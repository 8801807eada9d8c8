// An app in plain JavaScript that ends in the way that its first argument names.
import { Controller, Get, Logger, Module } from '@nestjs/common';
import { createObservableApp, ObservabilityModule } from '@crowsnest/observability';

const [, , ending] = process.argv;

class CellarController {
  async wait() {
    await new Promise((resolve) => setTimeout(resolve, 300));
    return 'waited';
  }

  bug() {
    throw new TypeError('the barrel is undefined');
  }

  crash() {
    setImmediate(() => {
      throw new RangeError('nobody catches this');
    });
    return 'soon';
  }

  reject() {
    void Promise.reject(new RangeError('nobody awaits this'));
    return 'soon';
  }
}
for (const name of ['wait', 'bug', 'crash', 'reject']) {
  Get(name)(CellarController.prototype, name, Object.getOwnPropertyDescriptor(CellarController.prototype, name));
}
Controller()(CellarController);

class Cellar {
  onModuleDestroy() {
    new Logger('Cellar').log('closing the database');
    return ending === 'hang' ? new Promise(() => undefined) : undefined;
  }
}

const options = {
  management: false,
  ...(ending === 'misconfigured' && { lifecycle: { drainMs: 'soon' } }),
  ...(ending === 'mistyped' && { metrix: false }),
};

class AppModule {}
Module({ imports: [ObservabilityModule.forRoot(options)], controllers: [CellarController], providers: [Cellar] })(
  AppModule,
);

const app = await createObservableApp(AppModule);
if (ending === 'hooks') app.enableShutdownHooks();
await app.listen(0, '127.0.0.1');
process.stdout.write(`${JSON.stringify({ msg: 'listening', url: await app.getUrl() })}\n`);
