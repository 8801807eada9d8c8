import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { cpus } from 'node:os';

/** When and on what something was measured. */
export interface Setting {
  measuredAt: string;
  node: string;
  nest: string;
  cpu: string;
  /** Which core did what. */
  cores: string;
}

/** The setting of a measurement that was just made. */
export function currentSetting(cores: string): Setting {
  return {
    measuredAt: new Date().toISOString(),
    node: process.version,
    nest: versionOf('@nestjs/core'),
    cpu: cpus()[0]?.model ?? 'unknown',
    cores,
  };
}

function versionOf(name: string): string {
  const path = createRequire(import.meta.url).resolve(`${name}/package.json`);
  return (JSON.parse(readFileSync(path, 'utf8')) as { version: string }).version;
}
