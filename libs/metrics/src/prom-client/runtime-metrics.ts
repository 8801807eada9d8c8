import perfHooks from 'node:perf_hooks';
import { collectDefaultMetrics, type Registry } from 'prom-client';

/** Gauges under the name of counters, which checkers of metrics reject; `sum(nodejs_active_handles)` says the same. */
const MISNAMED = ['nodejs_active_handles_total', 'nodejs_active_requests_total', 'nodejs_active_resources_total'];

/**
 * Has prom-client tell of the process and of Node in a registry, and gives what stops it again.
 *
 * prom-client starts a watch on garbage collection and a timer on the event loop and hands out neither, so both would
 * outlive the app. It takes them from `perf_hooks` while this function runs, and only then they are noted here.
 */
export function collectRuntimeMetrics(registry: Registry): () => void {
  const stops: (() => void)[] = [];
  const { PerformanceObserver, monitorEventLoopDelay } = perfHooks;
  try {
    perfHooks.PerformanceObserver = class extends PerformanceObserver {
      constructor(callback: ConstructorParameters<typeof PerformanceObserver>[0]) {
        super(callback);
        stops.push(() => this.disconnect());
      }
    };
    perfHooks.monitorEventLoopDelay = (options) => {
      const monitor = monitorEventLoopDelay(options);
      stops.push(() => monitor.disable());
      return monitor;
    };
    collectDefaultMetrics({ register: registry });
  } finally {
    Object.assign(perfHooks, { PerformanceObserver, monitorEventLoopDelay });
  }
  for (const name of MISNAMED) registry.removeSingleMetric(name);
  return () => stops.forEach((stop) => stop());
}
