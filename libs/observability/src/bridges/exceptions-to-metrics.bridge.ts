import { Injectable, type OnModuleInit } from '@nestjs/common';
import { type ExceptionReport, type ExceptionReporter, ExceptionTracker } from '#exceptions';
import { MetricRegistry } from '#metrics';

/** Counts tracked exceptions by their type, and by whether somebody handled them, as `exceptions_total`. */
@Injectable()
export class ExceptionsToMetricsBridge implements ExceptionReporter, OnModuleInit {
  readonly name = 'metrics';
  #exceptions?: ReturnType<MetricRegistry['counter']>;

  constructor(
    private readonly tracker: ExceptionTracker,
    private readonly metrics: MetricRegistry,
  ) {}

  /** With exceptions switched off nothing is ever reported, so there is no counter either. */
  onModuleInit(): void {
    this.tracker.addReporter(this);
  }

  report({ thrown, handled }: ExceptionReport): void {
    this.#exceptions ??= this.metrics.counter<string>({
      name: 'exceptions',
      description: 'Exceptions that were tracked.',
      labels: ['type', 'handled'],
      declaredBy: 'ObservabilityModule',
    });
    this.#exceptions.inc({ type: thrown[0].type, handled: String(handled) });
  }

  async close(): Promise<void> {}
}
