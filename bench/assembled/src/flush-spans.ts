import { type ProxyTracerProvider, trace } from '@opentelemetry/api';

/** Sends what the start of the app left in the batch, which would come in the middle of what is counted. */
export async function flushSpans(): Promise<void> {
  const provider = (trace.getTracerProvider() as ProxyTracerProvider).getDelegate();
  await (provider as unknown as { forceFlush(): Promise<void> }).forceFlush();
}
