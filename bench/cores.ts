import { execFileSync } from 'node:child_process';
import { availableParallelism } from 'node:os';

const SERVER_CORE = '0';
const LOAD_CORE = '1';

/** Which core does what, so that the load does not compete with the server that it measures. */
export interface Cores {
  /** The words before the command that starts a server. */
  serverPrefix: readonly string[];
  /** What was done, for people. */
  description: string;
}

/** Moves this process, which makes the load, to a core of its own and leaves another one to the servers. */
export function separateCores(): Cores {
  if (availableParallelism() < 2) return notPinned('there is only one core');
  try {
    execFileSync('taskset', ['-a', '-c', '-p', LOAD_CORE, `${process.pid}`], { stdio: 'pipe' });
    return {
      serverPrefix: ['taskset', '-c', SERVER_CORE],
      description: `server on core ${SERVER_CORE}, load and receivers on core ${LOAD_CORE}`,
    };
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    return notPinned(code === 'ENOENT' ? 'taskset does not exist here' : message.trim().split('\n').at(-1)!);
  }
}

function notPinned(reason: string): Cores {
  return { serverPrefix: [], description: `server and load share the cores: ${reason}` };
}
