import { diag, DiagLogLevel } from '@opentelemetry/api';
import { currentApp } from '#observation';

/** Has what OpenTelemetry complains about counted and logged, seldom; OTEL_LOG_LEVEL prints all of it instead. */
export function followSdkTrouble(): () => void {
  if (process.env['OTEL_LOG_LEVEL']) return () => {};
  const record = (...words: unknown[]): void => {
    currentApp()?.internalErrors.record('opentelemetry', new Error(words.map(String).join(' ')));
  };
  const ignore = (): void => {};
  diag.setLogger(
    { error: record, warn: record, info: ignore, debug: ignore, verbose: ignore },
    { logLevel: DiagLogLevel.WARN, suppressOverrideMessage: true },
  );
  return () => diag.disable();
}
