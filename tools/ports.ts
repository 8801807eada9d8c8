import { createServer, type Server } from 'node:net';
import { once } from 'node:events';

export interface PortClaim {
  /** Who wants the port, in words for a message: "gateway", "order (management)". */
  owner: string;
  /** The wanted port; 0 takes a free one. */
  port: number;
  /** The environment variable that changes it. */
  variable: string;
}

/** Answers a port on 127.0.0.1 that nobody uses at this moment. */
export async function freePort(): Promise<number> {
  const [port] = await claimPorts([{ owner: 'anybody', port: 0, variable: '' }]);
  return port as number;
}

/** Answers the port of each claim, all different and none of them taken, or fails naming the first that is. */
export async function claimPorts(claims: PortClaim[]): Promise<number[]> {
  const held: Server[] = [];
  try {
    for (const claim of claims) held.push(await hold(claim));
    return held.map(portOf);
  } finally {
    await Promise.all(held.map((server) => new Promise((closed) => server.close(closed))));
  }
}

async function hold({ owner, port, variable }: PortClaim): Promise<Server> {
  const server = createServer();
  try {
    server.listen(port, '127.0.0.1');
    await once(server, 'listening');
    return server;
  } catch (cause) {
    const { code, message } = cause as NodeJS.ErrnoException;
    const why = code === 'EADDRINUSE' ? 'is taken already' : `cannot be used: ${message}`;
    throw new Error(
      `${owner}: port ${port} on 127.0.0.1 ${why}. Stop the program that has it, or set ${variable} to another port.`,
      {
        cause,
      },
    );
  }
}

function portOf(server: Server): number {
  const address = server.address();
  return typeof address === 'object' && address ? address.port : 0;
}
