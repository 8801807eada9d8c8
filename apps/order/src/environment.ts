/** What the order service reads from its environment variables. */
export interface Environment {
  host: string;
  /** Port of the API; 0 takes a free one. */
  port: number;
  managementPort: number;
  databaseUrl: string;
  /** File with the JSON Web Key Set that bearer tokens are verified with. */
  jwksFile: string;
}

/** Reads the variables once and refuses a bad one with a message that names it. */
export function readEnvironment(variables: NodeJS.ProcessEnv): Environment {
  return {
    host: variables.HOST || '127.0.0.1',
    port: port(variables, 'PORT', 3001),
    managementPort: port(variables, 'MANAGEMENT_PORT', 9701),
    databaseUrl: databaseUrl(variables),
    jwksFile: required(variables, 'JWKS_FILE', 'Give the path of a JSON Web Key Set file with the public keys.'),
  };
}

function port(variables: NodeJS.ProcessEnv, name: string, fallback: number): number {
  const text = variables[name];
  if (!text) return fallback;
  if (/^\d{1,5}$/.test(text) && Number(text) <= 65_535) return Number(text);
  throw new Error(`order: ${name} "${text}" is not a port. Use an integer from 0 to 65535.`);
}

function databaseUrl(variables: NodeJS.ProcessEnv): string {
  const wayOut = 'Give the URL of a PostgreSQL, such as postgres://user:password@127.0.0.1:5432/orders.';
  const text = required(variables, 'DATABASE_URL', wayOut);
  // The value stays out of the message: it holds a password.
  if (!/^postgres(ql)?:$/.test(URL.parse(text)?.protocol ?? '')) {
    throw new Error(`order: DATABASE_URL is not the URL of a PostgreSQL. ${wayOut}`);
  }
  return text;
}

function required(variables: NodeJS.ProcessEnv, name: string, wayOut: string): string {
  const text = variables[name];
  if (!text) throw new Error(`order: ${name} is not set. ${wayOut}`);
  return text;
}
