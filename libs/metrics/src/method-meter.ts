import type { MethodObservation } from '#observation';
import type { MetricRegistry } from './metric-registry.js';

/** Does with a method's calls what one decorator asked for. */
export interface MethodMeter {
  /** Brings the series that are known beforehand into being with 0, so that the first failure is a rise. */
  declare(className: string, methodName: string): void;
  started?(observation: MethodObservation): void;
  stopped(observation: MethodObservation): void;
}

/** What meters write to. */
export interface MeterSurroundings {
  readonly metrics: MetricRegistry;
  readonly buckets: readonly number[];
  onError(error: unknown): void;
}

/** The labels that tell of any call: which method it was and how it ended. */
export const CALL_LABELS = ['class', 'method', 'outcome', 'error'] as const;
export type CallLabel = (typeof CALL_LABELS)[number];

/** The value of one of them. */
export function callLabel(label: CallLabel, call: MethodObservation): string {
  if (label === 'class') return call.className;
  if (label === 'method') return call.methodName;
  return label === 'outcome' ? (call.outcome ?? 'unknown') : (call.errorType ?? 'none');
}
