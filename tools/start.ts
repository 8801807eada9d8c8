import { existsSync } from 'node:fs';
import { addressTable } from './address-table.ts';
import { ensureKeys } from './keys.ts';
import { startPostgres } from './embedded-postgres.ts';
import { claimSamplePorts, sampleApps } from './sample-apps.ts';
import { runSamples } from './sample-run.ts';

const say = (line: string): void => void process.stdout.write(`${line}\n`);

try {
  const ports = await claimSamplePorts(process.env);
  const { jwksFile } = await ensureKeys();
  const apps = (databaseUrl: string) => sampleApps(ports, { databaseUrl, jwksFile });
  for (const { name, entry } of apps('')) {
    if (!existsSync(entry))
      throw new Error(`${name}: ${entry} does not exist. Run npm run build first; npm start does.`);
  }
  await runSamples({
    databaseUrl: process.env['DATABASE_URL'],
    startDatabase: () => startPostgres({ say }),
    apps,
    greeting: (databaseUrl) => `\nCrowsnest is running. Ctrl-C stops it.\n\n${addressTable(ports, databaseUrl)}\n`,
    say,
  });
  process.exit(0);
} catch (error) {
  for (const each of causesOf(error)) process.stderr.write(`${each}\n`);
  process.exit(1);
}

/** An error while stopping does not hide the one that made it stop. */
function causesOf(error: unknown): string[] {
  if (error instanceof SuppressedError) return [...causesOf(error.suppressed), ...causesOf(error.error)];
  return [error instanceof Error ? error.message : String(error)];
}
