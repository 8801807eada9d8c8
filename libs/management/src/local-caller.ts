import type { IncomingMessage } from 'node:http';
import { isIPv4 } from 'node:net';

const FORWARDED = ['forwarded', 'via', 'x-forwarded-for', 'x-forwarded-host', 'x-real-ip'] as const;

/** Whether nothing outside this machine can reach the address or name. */
export function isLoopback(host: string): boolean {
  const plain = host.toLowerCase().replace(/^::ffff:/, '');
  return plain === 'localhost' || plain === '::1' || (isIPv4(plain) && plain.startsWith('127.'));
}

/** Whether a request comes from this machine itself, and not through a proxy on it. */
export function isLocalCaller({ socket, headers }: IncomingMessage): boolean {
  const { remoteAddress, localAddress } = socket;
  if (remoteAddress === undefined || !isLoopback(remoteAddress)) return false;
  // A request that the program injected into itself has no local address.
  if (localAddress !== undefined && !isLoopback(localAddress)) return false;
  return FORWARDED.every((name) => headers[name] === undefined);
}
