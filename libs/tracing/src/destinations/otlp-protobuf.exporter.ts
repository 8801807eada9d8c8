import { OTLPExporterBase } from '@opentelemetry/otlp-exporter-base';
import {
  convertLegacyHttpOptions,
  createOtlpHttpExportDelegate,
  type OTLPExporterNodeConfigBase,
} from '@opentelemetry/otlp-exporter-base/node-http';
import { TraceExporterMetricsHelper } from '@opentelemetry/otlp-transformer';
import type { OtlpSpan, OtlpSpans } from './otlp-spans.js';

/** OpenTelemetry's exporter for `http/protobuf`, with a serializer that costs less. */
export class OtlpProtobufExporter extends OTLPExporterBase<OtlpSpan[]> {
  constructor(config: OTLPExporterNodeConfigBase, spans: OtlpSpans) {
    const headers = { 'Content-Type': 'application/x-protobuf' };
    const options = convertLegacyHttpOptions(config, 'TRACES', 'v1/traces', headers);
    const name = 'otlp_http_span_exporter';
    super(createOtlpHttpExportDelegate(options, spans, name, TraceExporterMetricsHelper, undefined));
  }
}
