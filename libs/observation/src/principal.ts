import type { Actor } from './observation.js';

/** The verified principal as Passport and the usual guards leave it on the framework's request. */
export function principalOf(request: unknown): Actor | undefined {
  const user = (request as { user?: { id?: unknown; sub?: unknown } } | undefined)?.user;
  const id = user?.id ?? user?.sub;
  return typeof id === 'string' || typeof id === 'number' ? { id: String(id) } : undefined;
}
