/** Puts values in the places that a message has for them, as `%s` or `%o`, and gives back those that found none. */
export function fillPlaces(
  message: string,
  values: readonly unknown[],
  show: (value: unknown) => string,
): { message: string; left: readonly unknown[] } {
  if (values.length === 0) return { message, left: values };
  let next = 0;
  const filled = message.replace(/%([sdifjoO%])/g, (place, kind) => {
    if (kind === '%') return '%';
    return next < values.length ? show(values[next++]) : place;
  });
  return { message: filled, left: values.slice(next) };
}
