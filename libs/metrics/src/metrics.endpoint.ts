import type { ManagementEndpoint } from '#management';
import { chooseFormat } from './format-negotiation.js';
import { OPEN_METRICS } from './formats/open-metrics.format.js';
import { PROMETHEUS_TEXT } from './formats/prometheus-text.format.js';
import type { MetricFamily } from './metric-family.js';

/** `GET /metrics`, in the format that the caller likes best. */
export function metricsEndpoint(collect: () => Promise<MetricFamily[]>): ManagementEndpoint {
  return {
    method: 'GET',
    path: '/metrics',
    access: 'read',
    async handle({ headers }) {
      const { contentType, print } = chooseFormat(headers.accept, [PROMETHEUS_TEXT, OPEN_METRICS]);
      return { headers: { 'content-type': contentType, vary: 'accept' }, body: print(await collect()) };
    },
  };
}
