/** Where the middle of a sample is, and how far off it may be. */
export interface MedianInterval {
  median: number;
  /** The ends of a 95 % interval of the median; of fewer than six values, the smallest and the largest one. */
  low: number;
  high: number;
}

/** Answers the median with the interval that order statistics give: nothing is assumed about the noise. */
export function medianInterval(values: readonly number[]): MedianInterval {
  if (values.length === 0) throw new Error('The median of no values was asked for. Measure at least one.');
  const sorted = values.toSorted((a, b) => a - b);
  const cut = outerValues(sorted.length);
  return { median: medianOf(sorted), low: sorted[cut]!, high: sorted[sorted.length - 1 - cut]! };
}

function medianOf(sorted: readonly number[]): number {
  const middle = Math.floor(sorted.length / 2);
  return sorted.length % 2 === 1 ? sorted[middle]! : (sorted[middle - 1]! + sorted[middle]!) / 2;
}

/** How many values may be left out at each end while 95 % of all samples would still have the true median between. */
function outerValues(count: number): number {
  let cut = 0;
  let term = 0.5 ** count;
  let oneTail = term;
  // The number of values below the true median is binomial with p = 1/2.
  for (;;) {
    term = (term * (count - cut)) / (cut + 1);
    if (oneTail + term > 0.025) return cut;
    oneTail += term;
    cut += 1;
  }
}
