import type { MetricKind } from './metric-definition.js';

/** Marks the one series into which label sets beyond the limit are folded; the name is OpenTelemetry's. */
export const OVERFLOW_LABEL = 'otel_metric_overflow';

/** Says what is wrong with a label and the way out, or nothing. */
type LabelRule = (label: string, kind: MetricKind) => string | undefined;

const wellFormed: LabelRule = (label) =>
  /^[a-zA-Z_][a-zA-Z0-9_]*$/.test(label) && !label.startsWith('__')
    ? undefined
    : 'is no label name. Use letters, digits and single underscores';

const notTheFormats: LabelRule = (label, kind) => {
  const taken = { histogram: 'le', summary: 'quantile', counter: '', gauge: '' }[kind];
  return label === taken || label === OVERFLOW_LABEL ? 'is set by the format itself. Use another name' : undefined;
};

const IDENTIFIERS: ReadonlySet<string> = new Set(
  'traceid spanid requestid correlationid sessionid userid actorid customerid orderid email ip clientaddress'.split(
    ' ',
  ),
);

const fewValues: LabelRule = (label) =>
  IDENTIFIERS.has(label.toLowerCase().replaceAll('_', ''))
    ? 'has a value for each request or user, and each value would be a series of its own. ' +
      'Leave it out: logs and traces carry ids, and exemplars lead from a metric to a trace'
    : undefined;

const RULES: readonly LabelRule[] = [wellFormed, notTheFormats, fewValues];

/** Refuses labels that a metric must not have. */
export function checkLabels(
  metric: string,
  kind: MetricKind,
  labels: readonly string[],
  declaredBy = 'the code',
): void {
  for (const [index, label] of labels.entries()) {
    const complaint =
      labels.indexOf(label) < index
        ? 'is there already. Use another name'
        : RULES.map((rule) => rule(label, kind)).find((found) => found !== undefined);
    if (complaint === undefined) continue;
    throw new Error(`MetricRegistry: the label "${label}" that ${declaredBy} gives "${metric}" ${complaint}.`);
  }
}
