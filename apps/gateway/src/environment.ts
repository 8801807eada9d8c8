/** What the gateway reads from its environment variables. */
export interface Environment {
  host: string;
  /** Port of the API; 0 takes a free one. */
  port: number;
  managementPort: number;
  /** Where the order service answers. */
  orderUrl: string;
  /** File with the JSON Web Key Set that bearer tokens are verified with. */
  jwksFile: string;
  /** How many requests one actor may make in a minute. */
  rateLimitPerMinute: number;
}

/** Reads the variables once and refuses a bad one with a message that names it. */
export function readEnvironment(variables: NodeJS.ProcessEnv): Environment {
  return {
    host: variables.HOST || '127.0.0.1',
    port: integer(variables, 'PORT', 3000, 0, 65_535),
    managementPort: integer(variables, 'MANAGEMENT_PORT', 9700, 0, 65_535),
    orderUrl: orderUrl(variables),
    jwksFile: jwksFile(variables),
    rateLimitPerMinute: integer(variables, 'RATE_LIMIT_PER_MINUTE', 600, 1, 1_000_000),
  };
}

function integer(variables: NodeJS.ProcessEnv, name: string, fallback: number, min: number, max: number): number {
  const text = variables[name];
  if (!text) return fallback;
  const value = /^\d{1,7}$/.test(text) ? Number(text) : Number.NaN;
  if (value >= min && value <= max) return value;
  throw new Error(`gateway: ${name} "${text}" is out of range. Use an integer from ${min} to ${max}.`);
}

function orderUrl(variables: NodeJS.ProcessEnv): string {
  const text = variables.ORDER_URL || 'http://127.0.0.1:3001';
  if (/^https?:$/.test(URL.parse(text)?.protocol ?? '')) return text;
  throw new Error(`gateway: ORDER_URL "${text}" is not an http URL. Give one such as http://127.0.0.1:3001.`);
}

function jwksFile(variables: NodeJS.ProcessEnv): string {
  if (variables.JWKS_FILE) return variables.JWKS_FILE;
  throw new Error('gateway: JWKS_FILE is not set. Give the path of a JSON Web Key Set file with the public keys.');
}
