/** Milliseconds to the microsecond, as lines tell them. */
export function roundedMs(durationMs = 0): number {
  return Math.round(durationMs * 1_000) / 1_000;
}
