import type { Server } from 'node:http';
import { Global, Module, type NestModule, type OnModuleInit } from '@nestjs/common';
import { ApplicationConfig, DiscoveryModule, DiscoveryService, HttpAdapterHost, ModulesContainer } from '@nestjs/core';
import { firstExceptionTap, lastExceptionTap } from './exception-tap.js';
import { ExpressPlatform } from './express.platform.js';
import { FastifyPlatform } from './fastify.platform.js';
import { FrontGuard } from './front-guard.js';
import { watchOutgoingHttp } from './http-client.edge.js';
import { HttpServerEdge } from './http-server.edge.js';
import { refuseSecondImports } from './import-once.js';
import { OBSERVATION_OPTIONS, type ObservationOptions } from './observation.options.js';
import { Observations } from './observations.js';
import { ObservedInstances } from './observed-instances.js';
import { holdInProcess, joinProcess } from './process-wide.js';
import { resolveServiceIdentity } from './service-identity.js';
import { TrustedPeers } from './trusted-peers.js';

const optionalOptions = { token: OBSERVATION_OPTIONS, optional: true };

/** Watches what the app does; every pattern imports it plainly, so there is one of it whichever patterns are on. */
@Global()
@Module({
  imports: [DiscoveryModule],
  providers: [
    ObservedInstances,
    {
      provide: Observations,
      inject: [optionalOptions],
      useFactory: (options: ObservationOptions = {}) => {
        const observations = new Observations(resolveServiceIdentity(options.service));
        joinProcess(observations);
        return observations;
      },
    },
    {
      provide: HttpServerEdge,
      inject: [Observations, optionalOptions],
      useFactory: (observations: Observations, options: ObservationOptions = {}) =>
        new HttpServerEdge(observations, new TrustedPeers(options.trust?.peers)),
    },
  ],
  exports: [Observations, HttpServerEdge],
})
export class ObservationModule implements NestModule, OnModuleInit {
  constructor(
    private readonly observations: Observations,
    private readonly edge: HttpServerEdge,
    private readonly instances: ObservedInstances,
    private readonly host: HttpAdapterHost,
    private readonly config: ApplicationConfig,
    private readonly discovery: DiscoveryService,
    modules: ModulesContainer,
  ) {
    refuseSecondImports(modules);
  }

  /** A constructor is too early for these on Express, and `onModuleInit` is after the routes are registered. */
  configure(): void {
    const { httpAdapter } = this.host;
    const Platform = httpAdapter.getType() === 'fastify' ? FastifyPlatform : ExpressPlatform;
    const platform = new Platform(httpAdapter.getInstance());
    this.edge.attach(httpAdapter.getHttpServer() as Server, platform);
    if (!platform.prepareRoutes(this.discovery.getControllers())) {
      this.config.getGlobalGuards().unshift(new FrontGuard(this.edge));
    }
    // Filters are asked from the last to the first; those of a handler or class come before all global ones.
    this.config.getGlobalFilters().push(firstExceptionTap());
    this.config.getGlobalFilters().unshift(lastExceptionTap());
    this.instances.claim();
  }

  onModuleInit(): void {
    holdInProcess(this.observations, 'outgoing-http', watchOutgoingHttp);
    this.instances.claim();
  }
}
