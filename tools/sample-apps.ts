import { join } from 'node:path';
import type { AppToStart } from './app-process.ts';
import { claimPorts, type PortClaim } from './ports.ts';

/** The ports of the samples, all on 127.0.0.1. */
export interface SamplePorts {
  order: number;
  orderManagement: number;
  gateway: number;
  gatewayManagement: number;
}

/** What the samples are given from outside. */
export interface SampleResources {
  databaseUrl: string;
  /** The file with the public keys that tokens are verified with. */
  jwksFile: string;
}

/** Answers the ports of the samples: the usual ones, or those that the environment names; fails when one is taken. */
export async function claimSamplePorts(env: NodeJS.ProcessEnv): Promise<SamplePorts> {
  const [order = 0, orderManagement = 0, gateway = 0, gatewayManagement = 0] = await claimPorts([
    claim('order', 'ORDER_PORT', 3001, env),
    claim('order (management)', 'ORDER_MANAGEMENT_PORT', 9701, env),
    claim('gateway', 'GATEWAY_PORT', 3000, env),
    claim('gateway (management)', 'GATEWAY_MANAGEMENT_PORT', 9700, env),
  ]);
  return { order, orderManagement, gateway, gatewayManagement };
}

/** Describes the two samples; `order` comes first because `gateway` calls it, and stops last for the same reason. */
export function sampleApps(ports: SamplePorts, { databaseUrl, jwksFile }: SampleResources): AppToStart[] {
  const entry = (name: string) => join(import.meta.dirname, '..', 'dist', name, 'main.js');
  return [
    {
      name: 'order',
      entry: entry('order'),
      port: ports.order,
      env: { MANAGEMENT_PORT: `${ports.orderManagement}`, JWKS_FILE: jwksFile, DATABASE_URL: databaseUrl },
    },
    {
      name: 'gateway',
      entry: entry('gateway'),
      port: ports.gateway,
      env: {
        MANAGEMENT_PORT: `${ports.gatewayManagement}`,
        JWKS_FILE: jwksFile,
        ORDER_URL: `http://127.0.0.1:${ports.order}`,
        DATABASE_URL: undefined,
      },
    },
  ];
}

function claim(owner: string, variable: string, usual: number, env: NodeJS.ProcessEnv): PortClaim {
  const text = env[variable];
  if (!text) return { owner, variable, port: usual };
  if (!/^\d{1,5}$/.test(text) || Number(text) > 65_535) {
    throw new Error(
      `${owner}: ${variable} "${text}" is not a port. Use a number from 1 to 65535, or 0 for a free one.`,
    );
  }
  return { owner, variable, port: Number(text) };
}
