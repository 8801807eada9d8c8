import {
  Global,
  Module,
  type OnApplicationBootstrap,
  type OnApplicationShutdown,
  type OnModuleInit,
} from '@nestjs/common';
import { leaveProcess, ObservationModule, Observations } from '#observation';
import { Lifecycle } from './lifecycle.js';
import { LIFECYCLE_OPTIONS, type LifecycleOptions } from './lifecycle.options.js';

/** Follows the app from start to stop; every pattern imports it plainly, so there is one of it. */
@Global()
@Module({
  imports: [ObservationModule],
  providers: [
    {
      provide: Lifecycle,
      inject: [{ token: LIFECYCLE_OPTIONS, optional: true }],
      useFactory: (options?: LifecycleOptions) => new Lifecycle(options),
    },
  ],
  exports: [Lifecycle, ObservationModule],
})
export class LifecycleModule implements OnModuleInit, OnApplicationBootstrap, OnApplicationShutdown {
  constructor(
    private readonly lifecycle: Lifecycle,
    private readonly observations: Observations,
  ) {}

  onModuleInit(): void {
    this.lifecycle.advance('started');
  }

  onApplicationBootstrap(): void {
    this.lifecycle.advance('ready');
  }

  async onApplicationShutdown(): Promise<void> {
    this.lifecycle.advance('stopped');
    await this.lifecycle.flush();
    leaveProcess(this.observations);
  }
}
