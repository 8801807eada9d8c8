import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import protobuf from 'protobufjs';

export interface OtlpSpan {
  readonly name: string;
  readonly spanId: string;
  readonly status: object | null;
  readonly attributes: readonly { readonly key: string }[];
}

export interface OtlpRequest {
  readonly resourceSpans: {
    readonly resource: object;
    readonly schemaUrl: string;
    readonly scopeSpans: { readonly scope: object; readonly schemaUrl: string; readonly spans: OtlpSpan[] }[];
  }[];
}

const protos = dirname(createRequire(import.meta.url).resolve('@elastic/mockotlpserver/package.json'));
const root = new protobuf.Root();
root.resolvePath = (_, target) => join(protos, target);
const Request = root
  .loadSync('opentelemetry/proto/collector/trace/v1/trace_service.proto')
  .lookupType('opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest');

/** All that a receiver reads; what is left out of a message and what is written as zero is the same to it. */
export function readOtlpRequest(bytes: Uint8Array): OtlpRequest {
  const options = { defaults: true, arrays: true, longs: String, bytes: String };
  return Request.toObject(Request.decode(bytes), options) as OtlpRequest;
}
