import type { Exemplar, MetricFamily, MetricSample } from '../metric-family.js';
import type { MetricFormat } from '../metric-format.js';
import { bareName, unitOf } from '../metric-name.js';
import { escapeLabelValue, labelSet, numberText } from './sample-line.js';

/** OpenMetrics 1.0: counters are families without `_total`, units are told, samples point to traces. */
export const OPEN_METRICS: MetricFormat = {
  name: 'OpenMetrics 1.0',
  contentType: 'application/openmetrics-text; version=1.0.0; charset=utf-8',
  print: (families) => `${families.map(printFamily).join('')}# EOF\n`,
};

function printFamily({ name, kind, description, samples }: MetricFamily): string {
  const family = bareName(name, kind);
  const unit = unitOf(family);
  let text = `# TYPE ${family} ${kind}\n`;
  if (unit !== undefined) text += `# UNIT ${family} ${unit}\n`;
  text += `# HELP ${family} ${escapeLabelValue(description)}\n`;
  for (const sample of samples) text += sampleLine(family, kind, sample);
  return text;
}

function sampleLine(family: string, kind: string, { suffix, labels, value, exemplar }: MetricSample): string {
  const name = kind === 'counter' ? `${family}_total` : family + suffix;
  const bound = suffix === '_bucket' ? 'le' : kind === 'summary' ? 'quantile' : '';
  const mayPoint = kind === 'counter' || suffix === '_bucket';
  const pointer = mayPoint && exemplar ? exemplarText(exemplar) : '';
  return `${name}${labelSet(bound in labels ? canonical(labels, bound) : labels)} ${numberText(value)}${pointer}\n`;
}

/** Bounds are numbers that are compared as texts, so the format says how to write them: `1.0`, not `1`. */
function canonical(labels: MetricSample['labels'], bound: string): MetricSample['labels'] {
  const text = numberText(labels[bound] as number);
  return /^-?\d+$/.test(text) ? { ...labels, [bound]: `${text}.0` } : labels;
}

const MAX_EXEMPLAR_CHARACTERS = 128;

function exemplarText({ labels, value, timestampSeconds }: Exemplar): string {
  const characters = Object.entries(labels).flatMap(([name, label]) => [...`${name}${String(label)}`]).length;
  if (characters > MAX_EXEMPLAR_CHARACTERS) return '';
  return ` # ${labelSet(labels) || '{}'} ${numberText(value)} ${timestampSeconds}`;
}
