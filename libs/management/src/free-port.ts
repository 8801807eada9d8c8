import { once } from 'node:events';
import type { Server } from 'node:http';

const TRIES = 100;

/** Has a server listen on a port, or on the next one that is free. */
export async function openOnFreePort(server: Server, host: string, port: number): Promise<void> {
  const last = Math.min(port + TRIES - 1, 65_535);
  for (let candidate = port; candidate <= last; candidate++) {
    // Exclusive, because the workers of a cluster would otherwise share one port and answer for each other.
    server.listen({ host, port: candidate, exclusive: true });
    const error = await once(server, 'listening').catch((cause: NodeJS.ErrnoException) => cause);
    if (!(error instanceof Error)) return;
    if (error.code !== 'EADDRINUSE') {
      throw new Error(
        `ManagementModule: host '${host}' and port ${candidate} cannot be listened on: ${error.message}. ` +
          'Set management.host and management.port to an address and a port of this machine.',
        { cause: error },
      );
    }
  }
  throw new Error(
    `ManagementModule: the ports ${port} to ${last} on '${host}' are all taken. Set management.port to another one, or 0 for any.`,
  );
}
