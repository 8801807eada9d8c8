import { randomUUID } from 'node:crypto';

const ACCEPTABLE = /^[A-Za-z0-9._-]{8,64}$/;

/** The caller's request id when the caller is trusted and the id is harmless, a new one otherwise. */
export function requestIdOf(header: string | string[] | undefined, trusted: boolean): string {
  return trusted && typeof header === 'string' && ACCEPTABLE.test(header) ? header : randomUUID();
}
