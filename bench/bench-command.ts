import { stopRequest } from '../tools/stop-request.ts';
import { temporaryDirectory } from '../tools/temporary-directory.ts';

const INTERRUPTED = 130;

/**
 * Runs a command of the bench and ends the process with what it came to: 0 or 1, or 2 for an error. What it puts into
 * the system's temporary directory is gone afterwards, also when somebody stops it halfway.
 */
export async function runBenchCommand(name: string, work: () => Promise<boolean>): Promise<never> {
  process.exit(await exitCodeOf(name, work));
}

async function exitCodeOf(name: string, work: () => Promise<boolean>): Promise<number> {
  using stop = stopRequest();
  // Everything else that is temporary goes in here, so that it is gone whether or not its owner came to dispose of it.
  await using directory = temporaryDirectory();
  process.env['TMPDIR'] = directory.path;
  try {
    return await Promise.race([work().then((isGood) => (isGood ? 0 : 1)), stop.first.then(() => INTERRUPTED)]);
  } catch (error) {
    process.stderr.write(`${name}: ${(error as Error).message}\n`);
    return 2;
  }
}

/** Writes a line for people. */
export function say(line: string): void {
  process.stdout.write(`${line}\n`);
}
