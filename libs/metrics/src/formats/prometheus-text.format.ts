import type { MetricFamily } from '../metric-family.js';
import type { MetricFormat } from '../metric-format.js';
import { labelSet, numberText } from './sample-line.js';

/** The text format that every Prometheus reads: version 0.0.4, without exemplars. */
export const PROMETHEUS_TEXT: MetricFormat = {
  name: 'Prometheus text 0.0.4',
  contentType: 'text/plain; version=0.0.4; charset=utf-8',
  print: (families) => families.map(printFamily).join(''),
};

function printFamily({ name, kind, description, samples }: MetricFamily): string {
  let text = `# HELP ${name} ${escapeHelp(description)}\n# TYPE ${name} ${kind}\n`;
  for (const { suffix, labels, value } of samples) text += `${name}${suffix}${labelSet(labels)} ${numberText(value)}\n`;
  return text;
}

function escapeHelp(text: string): string {
  return text.replaceAll('\\', '\\\\').replaceAll('\n', '\\n');
}
