/** Whether a decimal number is an amount in whole cents. */
export function isAmount(value: unknown): value is number {
  return typeof value === 'number' && Number.isFinite(value) && fromCents(toCents(value)) === value;
}

export function toCents(amount: number): number {
  return Math.round(amount * 100);
}

export function fromCents(cents: number): number {
  return cents / 100;
}
