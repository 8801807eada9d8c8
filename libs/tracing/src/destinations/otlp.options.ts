const PROTOCOLS = ['http/protobuf', 'http/json', 'grpc'] as const;
export type OtlpProtocol = (typeof PROTOCOLS)[number];

/** The receiver of OTLP; what is left out is taken from the variables OTEL_EXPORTER_OTLP_* where they are set. */
export interface OtlpOptions {
  /**
   * Its address, such as `http://127.0.0.1:4318`; for HTTP the path `/v1/traces` is added where there is none.
   * @default OTEL_EXPORTER_OTLP_TRACES_ENDPOINT or OTEL_EXPORTER_OTLP_ENDPOINT
   */
  url?: string;
  /**
   * Headers of each request, such as an API key; for gRPC only the environment can give them.
   * @default OTEL_EXPORTER_OTLP_TRACES_HEADERS or OTEL_EXPORTER_OTLP_HEADERS
   */
  headers?: Record<string, string>;
  /**
   * How it is spoken to.
   * @default OTEL_EXPORTER_OTLP_TRACES_PROTOCOL or OTEL_EXPORTER_OTLP_PROTOCOL, otherwise 'http/protobuf'
   */
  protocol?: OtlpProtocol;
  /**
   * How long one sending may take from start to end.
   * @default OTEL_EXPORTER_OTLP_TRACES_TIMEOUT or OTEL_EXPORTER_OTLP_TIMEOUT, otherwise 5000
   */
  timeoutMs?: number;
}

const DEFAULT_TIMEOUT_MS = 5_000;

/** One of the variables OTEL_EXPORTER_OTLP_*, the one for traces first. */
export function otlpVariable(env: NodeJS.ProcessEnv, name: string): string | undefined {
  return env[`OTEL_EXPORTER_OTLP_TRACES_${name}`]?.trim() || env[`OTEL_EXPORTER_OTLP_${name}`]?.trim() || undefined;
}

export function otlpProtocol(options: OtlpOptions, env: NodeJS.ProcessEnv): OtlpProtocol {
  const protocol = options.protocol ?? otlpVariable(env, 'PROTOCOL') ?? 'http/protobuf';
  if (isProtocol(protocol)) return protocol;
  throw new Error(
    `TracingModule: OTEL_EXPORTER_OTLP_PROTOCOL is ${JSON.stringify(protocol)}. Use one of ${PROTOCOLS.join(', ')}.`,
  );
}

export function otlpTimeoutMs(options: OtlpOptions, env: NodeJS.ProcessEnv): number {
  const named = Number(otlpVariable(env, 'TIMEOUT'));
  return options.timeoutMs ?? (named > 0 && Number.isFinite(named) ? named : DEFAULT_TIMEOUT_MS);
}

export function checkOtlpOptions(options: OtlpOptions | false | undefined): void {
  if (options === undefined || options === false) return;
  const { url, protocol, headers, timeoutMs = DEFAULT_TIMEOUT_MS } = options;
  checkAddress('otlp.url', url);
  if (protocol !== undefined && !isProtocol(protocol)) {
    throw new Error(`TracingModule: otlp.protocol is ${JSON.stringify(protocol)}. Use one of ${PROTOCOLS.join(', ')}.`);
  }
  if (protocol === 'grpc' && headers !== undefined) {
    throw new Error('TracingModule: otlp.headers cannot be given for gRPC. Set OTEL_EXPORTER_OTLP_HEADERS instead.');
  }
  if (!Number.isInteger(timeoutMs) || timeoutMs < 100) {
    throw new Error(`TracingModule: otlp.timeoutMs is ${String(timeoutMs)}. Use a whole number from 100 up.`);
  }
}

/** Refuses what is no address of an HTTP server. */
export function checkAddress(option: string, url: unknown): void {
  if (url === undefined) return;
  if (typeof url === 'string' && /^https?:\/\//.test(url) && URL.canParse(url)) return;
  throw new Error(
    `TracingModule: ${option} is ${JSON.stringify(url)}. Give an address such as "http://127.0.0.1:4318".`,
  );
}

function isProtocol(protocol: string): protocol is OtlpProtocol {
  return (PROTOCOLS as readonly string[]).includes(protocol);
}
