/** A call that has ended, as functions of labels see it. */
export interface MeasuredCall {
  readonly args: readonly unknown[];
  /** What came of it; absent for streams and failures. */
  readonly result?: unknown;
  readonly error?: unknown;
}

/**
 * Labels of one's own by name: a text that never changes, or a function of the call. Each value is a series of its
 * own, so a function gives one of a few texts, never an id.
 */
export type MethodLabels = Readonly<Record<string, string | ((call: MeasuredCall) => unknown)>>;

const MAX_CHARACTERS = 128;

/** The values that never change. */
export function fixedLabels(labels: MethodLabels): Record<string, string> {
  const fixed = Object.entries(labels).filter(([, value]) => typeof value === 'string');
  return Object.fromEntries(fixed) as Record<string, string>;
}

/** The values for one call, in their order; what a function does not give is the empty text, as for every absent label. */
export function labelValues(labels: MethodLabels, call: MeasuredCall, onError: (error: unknown) => void): string[] {
  return Object.values(labels).map((value) => {
    try {
      return String((typeof value === 'string' ? value : value(call)) ?? '').slice(0, MAX_CHARACTERS);
    } catch (error) {
      onError(error);
      return '';
    }
  });
}
