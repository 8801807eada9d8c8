import { Inject, Injectable, type OnModuleInit } from '@nestjs/common';
import { Lifecycle } from '#lifecycle';
import { ManagementEndpoints } from '#management';
import { Observations } from '#observation';
import { Tracing } from '#tracing';
import { OBSERVABILITY_MODULE_OPTIONS } from './observability-settings.module.js';
import { type ObservabilityModuleOptions, PATTERN_NAMES } from './observability.options.js';

/** `GET /info`: who answers, since when, on what, and which patterns are on. */
@Injectable()
export class InfoEndpoint implements OnModuleInit {
  constructor(
    private readonly endpoints: ManagementEndpoints,
    private readonly observations: Observations,
    private readonly lifecycle: Lifecycle,
    private readonly tracing: Tracing,
    @Inject(OBSERVABILITY_MODULE_OPTIONS) private readonly options: ObservabilityModuleOptions,
  ) {}

  onModuleInit(): void {
    this.endpoints.add({ method: 'GET', path: '/info', handle: () => ({ body: this.#info() }) });
  }

  #info(): object {
    return {
      service: this.observations.service,
      state: this.lifecycle.state,
      uptimeSeconds: Math.round(process.uptime()),
      node: process.version,
      patterns: {
        ...Object.fromEntries(PATTERN_NAMES.map((name) => [name, this.options[name] !== false])),
        // The environment can switch it off as well.
        tracing: this.tracing.enabled,
      },
    };
  }
}
