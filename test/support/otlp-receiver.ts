import { MockOtlpServer } from '@elastic/mockotlpserver';

export interface ReceivedSpan {
  service: string;
  traceId: string;
  spanId: string;
  parentSpanId: string;
  name: string;
}

interface Attribute {
  key: string;
  value: { stringValue?: string };
}

interface OtlpTraces {
  resourceSpans: {
    resource: { attributes: Attribute[] };
    scopeSpans: { spans: Record<'traceId' | 'spanId' | 'parentSpanId', Uint8Array | string>[] }[];
  }[];
}

/** An OTLP receiver that this project did not write, on a free port, with the spans that reached it. */
export class OtlpReceiver implements AsyncDisposable {
  readonly spans: ReceivedSpan[] = [];
  readonly #server = new MockOtlpServer({
    services: ['http'],
    httpHostname: '127.0.0.1',
    httpPort: 0,
    logLevel: 'warn',
    onTrace: (traces: OtlpTraces) => this.#receive(traces),
  });

  static async start(): Promise<OtlpReceiver> {
    const receiver = new OtlpReceiver();
    await receiver.#server.start();
    return receiver;
  }

  get url(): string {
    return String(this.#server.httpUrl).replace(/\/$/, '');
  }

  #receive({ resourceSpans }: OtlpTraces): void {
    for (const { resource, scopeSpans } of resourceSpans) {
      const service = resource.attributes.find(({ key }) => key === 'service.name')?.value.stringValue ?? '';
      for (const span of scopeSpans.flatMap(({ spans }) => spans)) {
        const { traceId, spanId, parentSpanId } = span;
        const name = (span as unknown as { name: string }).name;
        this.spans.push({ service, name, traceId: hex(traceId), spanId: hex(spanId), parentSpanId: hex(parentSpanId) });
      }
    }
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#server.close();
  }
}

/** Ids come as bytes, as base64 or as hex, depending on the encoding that carried them. */
function hex(id: Uint8Array | string | undefined): string {
  if (id === undefined) return '';
  if (typeof id !== 'string') return Buffer.from(id).toString('hex');
  return /^[0-9a-f]*$/.test(id) ? id : Buffer.from(id, 'base64').toString('hex');
}
