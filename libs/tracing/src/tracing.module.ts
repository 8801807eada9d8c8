import { type DynamicModule, Inject, Module, type OnModuleInit } from '@nestjs/common';
import { Lifecycle, LifecycleModule } from '#lifecycle';
import { ManagementEndpoints, ManagementModule } from '#management';
import { type ImportOnce, ObservationModule, Observations } from '#observation';
import { REDACTION_OPTIONS } from '#redaction';
import { ObservationSpans } from './observation-spans.js';
import { observationsEndpoint } from './observations.endpoint.js';
import { startTracing, type TracingParts } from './start-tracing.js';
import { TracingInterceptor } from './tracing.interceptor.js';
import { ConfigurableModuleClass, type OPTIONS_TYPE, TRACING_OPTIONS } from './tracing.module-definition.js';
import { Tracing } from './tracing.js';

const TRACING_PARTS = Symbol('TRACING_PARTS');

/** Leaves the rest of the shutdown some time: who takes all of it is reported as late. */
const SHARE_OF_DEADLINE = 0.9;

/**
 * Traces what the service does, and continues the traces of its callers.
 *
 * @example
 * ```ts
 * @Module({ imports: [TracingModule.forRoot({ otlp: { url: 'http://127.0.0.1:4318' } })] })
 * ```
 */
@Module({
  imports: [ObservationModule, LifecycleModule, ManagementModule],
  providers: [
    {
      provide: TRACING_PARTS,
      inject: [TRACING_OPTIONS, Observations, { token: REDACTION_OPTIONS, optional: true }],
      useFactory: startTracing,
    },
    { provide: Tracing, inject: [TRACING_PARTS], useFactory: (parts?: TracingParts) => new Tracing(parts) },
    TracingInterceptor,
  ],
  exports: [Tracing, TracingInterceptor],
})
export class TracingModule extends ConfigurableModuleClass implements OnModuleInit {
  static readonly importOnce = true satisfies ImportOnce['importOnce'];

  constructor(
    @Inject(TRACING_PARTS) private readonly parts: TracingParts | undefined,
    private readonly observations: Observations,
    private readonly lifecycle: Lifecycle,
    private readonly endpoints: ManagementEndpoints,
  ) {
    super();
  }

  static override forRoot(options: typeof OPTIONS_TYPE | false = {}): DynamicModule {
    // Nest copies the options, and a copy of `false` would be an object: on.
    return options === false ? super.forRootAsync({ useFactory: () => false }) : super.forRoot(options);
  }

  onModuleInit(): void {
    if (this.parts === undefined) return;
    const { traces, errors, scrubber } = this.parts;
    this.observations.register(new ObservationSpans(traces, errors, scrubber));
    this.endpoints.add(observationsEndpoint(traces.recent));
    this.lifecycle.onFlush('signals', 'traces', (deadlineMs) => traces.close(deadlineMs * SHARE_OF_DEADLINE));
  }
}
