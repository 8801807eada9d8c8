const KNOWN: ReadonlySet<string> = new Set([
  'GET',
  'HEAD',
  'POST',
  'PUT',
  'DELETE',
  'CONNECT',
  'OPTIONS',
  'TRACE',
  'PATCH',
  'QUERY',
]);

/** Folds methods that anybody can invent into `_OTHER`, as OpenTelemetry's HTTP conventions ask. */
export function knownHttpMethod(method: string): string {
  return KNOWN.has(method) ? method : '_OTHER';
}
