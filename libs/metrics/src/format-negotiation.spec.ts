import { describe, expect, it } from 'vitest';
import { chooseFormat } from './format-negotiation.js';
import { OPEN_METRICS } from './formats/open-metrics.format.js';
import { PROMETHEUS_TEXT } from './formats/prometheus-text.format.js';

const OF_PROMETHEUS_2 =
  'application/openmetrics-text;version=1.0.0;q=0.5,application/openmetrics-text;version=0.0.1;q=0.4,' +
  'text/plain;version=0.0.4;q=0.3,*/*;q=0.2';
const OF_PROMETHEUS_3 =
  'application/openmetrics-text;version=1.0.0;escaping=allow-utf-8;q=0.6,' +
  'text/plain;version=1.0.0;escaping=allow-utf-8;q=0.4,text/plain;version=0.0.4;q=0.3,*/*;q=0.2';
const OF_A_BROWSER = 'text/html,application/xhtml+xml,application/xml;q=0.9,image/avif,*/*;q=0.8';

describe('chooseFormat', () => {
  it.each([
    [undefined, PROMETHEUS_TEXT],
    ['', PROMETHEUS_TEXT],
    ['*/*', PROMETHEUS_TEXT],
    ['text/plain', PROMETHEUS_TEXT],
    ['text/*', PROMETHEUS_TEXT],
    ['image/png', PROMETHEUS_TEXT],
    [OF_A_BROWSER, PROMETHEUS_TEXT],
    [OF_PROMETHEUS_2, OPEN_METRICS],
    [OF_PROMETHEUS_3, OPEN_METRICS],
    ['application/openmetrics-text', OPEN_METRICS],
    ['Application/OpenMetrics-Text; Version="1.0.0"', OPEN_METRICS],
    ['application/openmetrics-text; version=0.0.1', PROMETHEUS_TEXT],
    ['application/openmetrics-text; version=2.0.0', PROMETHEUS_TEXT],
    ['application/openmetrics-text;q=0.3, text/plain;q=0.4', PROMETHEUS_TEXT],
    ['text/plain;q=0.3, application/openmetrics-text;q=0.4', OPEN_METRICS],
    ['application/openmetrics-text;q=0, */*;q=0.1', PROMETHEUS_TEXT],
    ['application/openmetrics-text;q=nonsense', PROMETHEUS_TEXT],
  ])('answers Accept: %s', (accept, format) => {
    expect(chooseFormat(accept, [PROMETHEUS_TEXT, OPEN_METRICS])).toBe(format);
  });
});
