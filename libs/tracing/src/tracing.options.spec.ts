import { describe, expect, it } from 'vitest';
import { checkTracingOptions } from './tracing.options.js';

class UndiciInstrumentation {
  instrumentationName = '@opentelemetry/instrumentation-undici';
  setTracerProvider(): void {}
}

describe('checkTracingOptions', () => {
  it.each<[object, string]>([
    [{ sampler: 'always' }, 'TracingModule: "sampler" is no option. Use one of sampling, propagators, otlp'],
    [{ sampling: 'often' }, `TracingModule: sampling is "often". Use 'always', 'never' or { ratio: 0.1 }`],
    [{ sampling: { ratio: 2 } }, 'TracingModule: sampling is {"ratio":2}.'],
    [{ propagators: ['jaeger'] }, 'TracingModule: propagators has "jaeger". Give a list of tracecontext, baggage, b3'],
    [{ propagators: 'b3' }, 'TracingModule: propagators has "b3". Give a list of'],
    [{ otlp: { url: 'collector' } }, 'TracingModule: otlp.url is "collector". Give an address such as "http://'],
    [{ otlp: { protocol: 'http/xml' } }, 'TracingModule: otlp.protocol is "http/xml". Use one of http/protobuf'],
    [{ otlp: { protocol: 'grpc', headers: {} } }, 'TracingModule: otlp.headers cannot be given for gRPC.'],
    [{ otlp: { timeoutMs: 0 } }, 'TracingModule: otlp.timeoutMs is 0. Use a whole number from 100 up.'],
    [{ zipkin: { url: 9411 } }, 'TracingModule: zipkin.url is 9411.'],
    [{ zipkin: { timeoutMs: 1.5 } }, 'TracingModule: zipkin.timeoutMs is 1.5.'],
    [{ exporters: {} }, 'TracingModule: exporters is {}. Give a list.'],
    [{ spanProcessors: 1 }, 'TracingModule: spanProcessors is 1. Give a list.'],
    [{ instrumentations: [{}] }, 'which is no OpenTelemetry instrumentation. Give objects such as'],
    [
      { instrumentations: [new UndiciInstrumentation()] },
      'TracingModule: instrumentations has @opentelemetry/instrumentation-undici, whose spans this module makes itself.',
    ],
    [{ recent: -1 }, 'TracingModule: recent is -1. Use a whole number from 0 to 10000.'],
  ])('refuses %j', (options, message) => {
    expect(() => checkTracingOptions(options)).toThrow(message);
  });

  it.each<[object]>([
    [{}],
    [{ sampling: { ratio: 0 }, propagators: ['none'], otlp: false, zipkin: false, recent: 0 }],
    [{ otlp: { url: 'https://collector:4318/v1/traces', protocol: 'http/protobuf', timeoutMs: 1_000 } }],
  ])('takes %j', (options) => {
    expect(() => checkTracingOptions(options)).not.toThrow();
  });
});
