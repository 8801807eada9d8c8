import type { DemoOptions } from './demo-options.ts';
import type { ObservedItem } from './management-client.ts';

export interface Findings {
  slowest: ObservedItem | undefined;
  /** A request that ran into the bug. */
  failedTraceId: string | undefined;
}

/** The lines to paste into a terminal after a demo, to follow what it left behind. */
export function whatToLookAt(findings: Findings, { gatewayManagement, orderManagement }: DemoOptions): string {
  const rows: [what: string, line: string][] = [];
  const follow = (what: string, traceId: string) => {
    rows.push([`${what}, in gateway`, curl(`${gatewayManagement}/observations?traceId=${traceId}`)]);
    rows.push([`${what}, in order`, curl(`${orderManagement}/observations?traceId=${traceId}`)]);
  };
  const { slowest, failedTraceId } = findings;
  if (slowest) follow(`slowest trace (${slowest.name}, ${slowest.durationMs.toFixed(0)} ms)`, slowest.traceId);
  if (failedTraceId) follow('a trace that met the bug', failedTraceId);
  rows.push(['orders so far', `${curl(`${orderManagement}/metrics`)} | grep _orders_total`]);
  rows.push([
    'samples that name a trace',
    `${curl(`${orderManagement}/metrics`)} -H 'accept: application/openmetrics-text' | grep trace_id`,
  ]);
  rows.push(['the bug, as one issue', curl(`${orderManagement}/exceptions`)]);
  rows.push(['who was denied what', curl(`${orderManagement}/audit?outcome=denied&limit=3`)]);
  rows.push(['health and its checks', curl(`${orderManagement}/health/ready`)]);
  rows.push(['log lines', 'search for a trace id where npm start runs']);
  const width = Math.max(...rows.map(([what]) => what.length));
  return rows.map(([what, line]) => `  ${what.padEnd(width)}  ${line}`).join('\n');
}

function curl(url: string): string {
  return `curl -s '${url}'`;
}
