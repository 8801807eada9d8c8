import { parseArgs } from 'node:util';
import type { Verification } from '../verify/verdict.js';
import { verifyDatabase } from '../verify/verify-database.js';
import { verifyFolder } from '../verify/verify-file.js';

/** What the command tells whoever started it. */
export const EXIT_CODES = { valid: 0, tampered: 1, usage: 2, unreadable: 3 } as const;

export interface CommandOutput {
  readonly out: (line: string) => void;
  readonly err: (line: string) => void;
}

const USAGE = `Usage: crowsnest-audit verify (--file <folder> | --database <url>) [--json]

  --file <folder>    the folder of an audit file, or a folder of such folders
  --database <url>   a PostgreSQL with the table audit_log; AUDIT_DATABASE_URL keeps the password out of the list of processes
  --json             the result as one line of JSON

Exit codes: 0 all records are valid, 1 a record was tampered with, 2 wrong usage, 3 the records cannot be read.`;

/** Runs the command and gives its exit code. */
export async function runCommand(
  args: readonly string[],
  env: NodeJS.ProcessEnv,
  { out, err }: CommandOutput,
): Promise<number> {
  const wanted = readArguments(args, env);
  if (typeof wanted === 'string') {
    (wanted === USAGE ? out : err)(wanted);
    return wanted === USAGE ? EXIT_CODES.valid : EXIT_CODES.usage;
  }
  let verification: Verification;
  try {
    verification = await wanted.verify();
  } catch (error) {
    err(`crowsnest-audit: ${wanted.source} cannot be read: ${messageOf(error)}`);
    return EXIT_CODES.unreadable;
  }
  if (wanted.json) out(JSON.stringify(verification));
  else report(verification, wanted.source, out);
  return verification.fault === undefined ? EXIT_CODES.valid : EXIT_CODES.tampered;
}

interface Wanted {
  /** Where the records are, without any password. */
  readonly source: string;
  readonly json: boolean;
  verify(): Promise<Verification>;
}

function readArguments(args: readonly string[], env: NodeJS.ProcessEnv): Wanted | string {
  const options = { file: { type: 'string' }, database: { type: 'string' }, json: { type: 'boolean' } } as const;
  const more = { ...options, help: { type: 'boolean', short: 'h' } } as const;
  try {
    const { values, positionals } = parseArgs({ args: [...args], options: more, allowPositionals: true });
    const { file, json = false } = values;
    const database = values.database ?? (file === undefined ? env['AUDIT_DATABASE_URL'] : undefined);
    if (values.help) return USAGE;
    if (positionals.join(' ') !== 'verify')
      return `crowsnest-audit: "${positionals.join(' ')}" is no command.\n\n${USAGE}`;
    if (file !== undefined && database === undefined) return { source: file, json, verify: () => verifyFolder(file) };
    if (file === undefined && database !== undefined) {
      return { source: 'the database', json, verify: () => verifyDatabase(database) };
    }
    return `crowsnest-audit: give either --file or --database.\n\n${USAGE}`;
  } catch (error) {
    return `crowsnest-audit: ${messageOf(error)}\n\n${USAGE}`;
  }
}

function report({ records, streams, fault, notes }: Verification, source: string, out: (line: string) => void): void {
  if (fault !== undefined) out(`Record ${fault.place} ${fault.verdict}`);
  for (const note of notes) out(`Note: ${note}`);
  const chains = `${streams} ${streams === 1 ? 'chain' : 'chains'}`;
  if (fault === undefined) out(`${records} records in ${chains} of ${source} are valid.`);
  else out(`Everything before it is valid; from there on nothing can be vouched for.`);
}

function messageOf(error: unknown): string {
  if (error instanceof AggregateError) return error.errors.map(messageOf).join('; ');
  return error instanceof Error ? error.message : String(error);
}
