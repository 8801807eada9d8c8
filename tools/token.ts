import { parseArgs } from 'node:util';
import { roles, signedToken, type Role, type TokenRequest } from './signed-token.ts';

const usage = 'Usage: npm run -s token -- <user> <customer|operator> [--expires-in 60s] [--keys-dir <folder>]';

const request = requestIn(process.argv.slice(2));
if (typeof request === 'string') {
  process.stderr.write(`token: ${request}\n${usage}\n`);
  process.exit(2);
}
process.stdout.write(`${await signedToken(request)}\n`);

/** Answers what was asked for, or in words what is wrong with it. */
function requestIn(args: string[]): TokenRequest | string {
  try {
    const { values, positionals } = parseArgs({
      args: joinNegative(args),
      allowPositionals: true,
      options: { 'expires-in': { type: 'string', default: '12h' }, 'keys-dir': { type: 'string' } },
    });
    const [user, role, ...rest] = positionals;
    const expiresIn = values['expires-in'];
    if (!user || !role) return 'a user and a role are needed';
    if (!isRole(role)) return `role "${role}" is not one of ${roles.join(', ')}`;
    if (rest.length > 0) return `"${rest.join(' ')}" is too much`;
    if (!/^-?\d+[smhd]$/.test(expiresIn))
      return `--expires-in "${expiresIn}" is not a time span such as 60s, 15m, 12h or 7d`;
    return { user, role, expiresIn, keysDir: values['keys-dir'] };
  } catch (error) {
    return (error as Error).message;
  }
}

function isRole(text: string): text is Role {
  return (roles as readonly string[]).includes(text);
}

/** Makes one word of `--expires-in -60s`, in which parseArgs would see a second option. */
function joinNegative(args: string[]): string[] {
  const at = args.indexOf('--expires-in');
  if (at === -1 || !/^-\d/.test(args[at + 1] ?? '')) return args;
  return args.toSpliced(at, 2, `--expires-in=${args[at + 1]}`);
}
