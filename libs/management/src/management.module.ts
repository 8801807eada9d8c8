import {
  Global,
  Inject,
  Module,
  type NestModule,
  type OnApplicationBootstrap,
  type OnApplicationShutdown,
} from '@nestjs/common';
import { HttpAdapterHost } from '@nestjs/core';
import { HttpServerEdge, ObservationModule, Observations } from '#observation';
import { Access } from './access.js';
import { AppPort } from './app-port.js';
import { ManagementEndpoints } from './management-endpoints.js';
import { ManagementListener } from './management-listener.js';
import { ManagementServer } from './management-server.js';
import { type ManagementSettings, resolveManagementSettings } from './management-settings.js';
import { MANAGEMENT_OPTIONS } from './management.options.js';

const MANAGEMENT_SETTINGS = Symbol('MANAGEMENT_SETTINGS');

/** Serves operators' pages; every pattern imports it plainly, so there is one of it whichever patterns are on. */
@Global()
@Module({
  imports: [ObservationModule],
  providers: [
    ManagementEndpoints,
    {
      provide: MANAGEMENT_SETTINGS,
      inject: [{ token: MANAGEMENT_OPTIONS, optional: true }],
      useFactory: resolveManagementSettings,
    },
    {
      provide: ManagementListener,
      inject: [ManagementEndpoints, MANAGEMENT_SETTINGS, Observations],
      useFactory: (endpoints: ManagementEndpoints, settings: ManagementSettings, observations: Observations) =>
        new ManagementListener(endpoints, new Access(settings), observations),
    },
    {
      provide: ManagementServer,
      inject: [MANAGEMENT_SETTINGS, ManagementListener],
      useFactory: (settings: ManagementSettings, listener: ManagementListener) =>
        new ManagementServer(settings, listener),
    },
    {
      provide: AppPort,
      inject: [MANAGEMENT_SETTINGS, Observations, HttpServerEdge, HttpAdapterHost],
      useFactory: (
        settings: ManagementSettings,
        observations: Observations,
        ...app: [edge: HttpServerEdge, host: HttpAdapterHost]
      ) => new AppPort((pages) => new ManagementListener(pages, new Access(settings), observations), ...app),
    },
  ],
  exports: [ManagementEndpoints, ManagementServer, AppPort],
})
export class ManagementModule implements NestModule, OnApplicationBootstrap, OnApplicationShutdown {
  constructor(
    @Inject(MANAGEMENT_SETTINGS) private readonly settings: ManagementSettings,
    private readonly server: ManagementServer,
    private readonly endpoints: ManagementEndpoints,
    private readonly appPort: AppPort,
  ) {}

  /** The only moment at which the app's server exists and its routes do not. */
  configure(): void {
    if (this.settings.port === 'app') this.appPort.serve(this.endpoints);
  }

  /** The patterns have added their pages by now. */
  async onApplicationBootstrap(): Promise<void> {
    this.appPort.check(this.settings.port === 'app');
    await this.server.open();
  }

  async onApplicationShutdown(): Promise<void> {
    await this.server.close();
  }
}
