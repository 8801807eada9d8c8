import { mkdirSync, openSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { isatty } from 'node:tty';
import { holdInProcess, type Observations } from '#observation';
import type { LogDestination } from '../log-destination.js';
import type { ResolvedLoggingOptions } from '../logging.options.js';
import { BufferedDestination } from './buffered.destination.js';
import { GivenDestination } from './given.destination.js';
import { PrettyDestination } from './pretty.destination.js';

const STDOUT = 1;
/** A write costs as much for one line as for the hundred and more that these are, in not quite a whole block. */
const MIN_BYTES = 60 * 1_024;

/**
 * Opens what the options name. Apps of one process share what a process has once, or their lines would run into each
 * other; a line that is logged before there is an app, or after the last, is written at once.
 */
export function openDestination(options: ResolvedLoggingOptions, app?: Observations): LogDestination {
  const { destination, pretty, maxBufferBytes } = options;
  const isTerminal = destination === 'stdout' && isatty(STDOUT);
  const opened = open();
  return (pretty === 'auto' ? isTerminal : pretty) ? new PrettyDestination(opened, isTerminal) : opened;

  function open(): LogDestination {
    if (typeof destination === 'object' && 'write' in destination) {
      return new GivenDestination(destination, maxBufferBytes);
    }
    const path = destination === 'stdout' ? undefined : resolve(destination.file);
    const make = (): BufferedDestination & { release(): void } =>
      new BufferedDestination(path === undefined ? openStdout() : openFile(path), {
        maxBytes: maxBufferBytes,
        minBytes: isTerminal ? 0 : Math.min(MIN_BYTES, Math.ceil(maxBufferBytes / 2)),
        ...(path !== undefined && { reopen: () => openFile(path) }),
      });
    if (app !== undefined) {
      const shared = holdInProcess(app, `log to ${path ?? destination}`, make, { maxBufferBytes });
      // Without `release`: the process does that when the last app has gone.
      return { write: (line) => shared.write(line), flush: (ms) => shared.flush(ms), ledger: shared.ledger };
    }
    const unshared = make();
    unshared.release();
    return unshared;
  }
}

/**
 * Asking Node for its stream makes a pipe non-blocking. Otherwise a stalled reader would hold a thread in a write, and
 * with it the end of the process.
 */
function openStdout(): number {
  return (process.stdout as { fd?: number }).fd ?? STDOUT;
}

function openFile(path: string): number {
  try {
    mkdirSync(dirname(path), { recursive: true });
    return openSync(path, 'a');
  } catch (cause) {
    throw new Error(
      `LoggingModule: the log file ${path} cannot be opened: ${(cause as Error).message}. Give a path that may be written.`,
      { cause },
    );
  }
}
