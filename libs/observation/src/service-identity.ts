import { existsSync, readFileSync } from 'node:fs';
import { hostname } from 'node:os';
import { dirname, join } from 'node:path';

/** Who answers: the one identity that all six patterns tell. */
export interface ServiceIdentity {
  readonly name: string;
  readonly version: string;
  readonly environment: string;
  readonly instance: string;
}

/**
 * Completes the identity from options, then OpenTelemetry's variables, then the package.json of the program.
 * Names of variables and attributes: OpenTelemetry SDK configuration and resource conventions.
 */
export function resolveServiceIdentity(
  options: Partial<ServiceIdentity> = {},
  env: NodeJS.ProcessEnv = process.env,
): ServiceIdentity {
  for (const [key, value] of Object.entries(options)) {
    if (typeof value !== 'string' || value.trim() === '') {
      throw new Error(
        `ObservabilityModule: service.${key} is ${JSON.stringify(value)}. Give a text that is not empty, or leave it out.`,
      );
    }
  }
  const resource = parseResourceAttributes(env['OTEL_RESOURCE_ATTRIBUTES'] ?? '');
  const program = readProgramPackage();
  return {
    name:
      options.name ?? (env['OTEL_SERVICE_NAME'] || resource['service.name'] || program.name || 'unknown_service:node'),
    version: options.version ?? (resource['service.version'] || program.version || '0.0.0'),
    environment: options.environment ?? (resource['deployment.environment.name'] || env['NODE_ENV'] || 'development'),
    instance: options.instance ?? (resource['service.instance.id'] || `${hostname()}-${process.pid}`),
  };
}

function parseResourceAttributes(text: string): Record<string, string> {
  const pairs = text.split(',').map((pair) => pair.split('='));
  return Object.fromEntries(
    pairs.filter((pair) => pair.length === 2).map(([key, value]) => [key!.trim(), decode(value!.trim())]),
  );
}

function decode(value: string): string {
  try {
    return decodeURIComponent(value);
  } catch {
    return value;
  }
}

function readProgramPackage(): { name?: string; version?: string } {
  let folder = process.argv[1] === undefined ? process.cwd() : dirname(process.argv[1]);
  while (!existsSync(join(folder, 'package.json'))) {
    const parent = dirname(folder);
    if (parent === folder) return {};
    folder = parent;
  }
  try {
    return JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) as { name?: string; version?: string };
  } catch {
    return {};
  }
}
