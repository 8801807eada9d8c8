import { Injectable, type OnModuleInit } from '@nestjs/common';
import type { LedgerSnapshot } from '#delivery';
import { AuditTrail } from '#audit';
import { ExceptionTracker } from '#exceptions';
import { AppLog } from '#logging';
import { MetricRegistry } from '#metrics';
import { Tracing } from '#tracing';

const DECLARED_BY = 'ObservabilityModule';

/** Shows what became of everything on its way out, and of the trace headers, so that nothing is lost in silence. */
@Injectable()
export class DeliveriesToMetricsBridge implements OnModuleInit {
  constructor(
    private readonly metrics: MetricRegistry,
    private readonly tracing: Tracing,
    private readonly log: AppLog,
    private readonly tracker: ExceptionTracker,
    private readonly trail: AuditTrail,
  ) {}

  onModuleInit(): void {
    this.#showLedgers();
    if (this.tracing.enabled) this.#showTraceHeaders();
  }

  #ledgers(): LedgerSnapshot[] {
    const { tracing, tracker, trail } = this;
    const log = this.log.output.ledger?.snapshot();
    return [
      ...tracing.deliveries(),
      ...tracker.deliveries(),
      ...trail.deliveries(),
      ...(log === undefined ? [] : [log]),
    ];
  }

  #showLedgers(): void {
    const settled = this.metrics.counter({
      name: 'observability_delivery_items',
      description: 'Spans, reports, audit records and log lines that were delivered, or dropped and why.',
      labels: ['pipe', 'outcome', 'reason'],
      declaredBy: DECLARED_BY,
      collect: () => {
        settled.reset();
        for (const { pipe, delivered, dropped } of this.#ledgers()) {
          settled.inc({ pipe, outcome: 'delivered', reason: '' }, delivered);
          for (const [reason, count] of Object.entries(dropped))
            settled.inc({ pipe, outcome: 'dropped', reason }, count);
        }
      },
    });
    const waiting = this.metrics.gauge({
      name: 'observability_delivery_in_flight',
      description: 'Spans, reports, audit records and log lines that are still on their way out.',
      labels: ['pipe'],
      declaredBy: DECLARED_BY,
      collect: () => {
        for (const { pipe, inFlight } of this.#ledgers()) waiting.set({ pipe }, inFlight);
      },
    });
  }

  #showTraceHeaders(): void {
    const headers = this.metrics.counter({
      name: 'observability_trace_headers',
      description:
        'Trace headers that were malformed, contradicted each other, came from strangers or could not be added.',
      labels: ['trouble'],
      declaredBy: DECLARED_BY,
      collect: () => {
        const { malformed, conflicts, untrusted, notInjected } = this.tracing.propagation()!;
        const counts = { malformed, conflict: conflicts, untrusted, not_injected: notInjected };
        headers.reset();
        for (const [trouble, count] of Object.entries(counts)) headers.inc({ trouble }, count);
      },
    });
  }
}
