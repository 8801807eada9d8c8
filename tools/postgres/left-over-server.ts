import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

/** What `postmaster.pid` in a data directory says about the server that runs, or ran, there. */
export interface RecordedServer {
  pid: number;
  port: number;
}

export type ServerState = 'running' | 'dead, not yet reaped' | 'gone' | 'another program';

export function recordedServer(cluster: string): RecordedServer | undefined {
  const file = join(cluster, 'postmaster.pid');
  if (!existsSync(file)) return undefined;
  const [pid, , , port] = readFileSync(file, 'utf8').split('\n').map(Number);
  return pid ? { pid, port: port ?? 0 } : undefined;
}

/**
 * Answers the server that a killed run left behind, if it still runs, and forgets a record that no longer names one.
 * A process id can belong to an innocent program by now: only a process that really is a PostgreSQL is ever reported.
 */
export async function findLeftOver(cluster: string): Promise<RecordedServer | undefined> {
  const recorded = recordedServer(cluster);
  if (!recorded) return undefined;
  let state = stateOf(recorded.pid);
  // A killed server stays a zombie until process 1 reaps it, seconds sometimes, and its id looks alive till then.
  for (let waitedMs = 0; state === 'dead, not yet reaped' && waitedMs < 5_000; waitedMs += 100) {
    await sleep(100);
    state = stateOf(recorded.pid);
  }
  if (state === 'running') return recorded;
  // PostgreSQL itself mends the record of a process that is gone, but refuses to start while the id is in use.
  if (state !== 'gone') await rm(join(cluster, 'postmaster.pid'), { force: true });
  return undefined;
}

export function stateOf(pid: number): ServerState {
  const description = process.platform === 'linux' ? fromProc(pid) : fromPs(pid);
  if (!description) return 'gone';
  if (description.status.startsWith('Z')) return 'dead, not yet reaped';
  return description.command.includes('postgres') ? 'running' : 'another program';
}

function fromProc(pid: number): { status: string; command: string } | undefined {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    const end = stat.lastIndexOf(')');
    return { command: stat.slice(stat.indexOf('(') + 1, end), status: stat.slice(end + 2) };
  } catch {
    return undefined;
  }
}

function fromPs(pid: number): { status: string; command: string } | undefined {
  const [file, ...args] =
    process.platform === 'win32'
      ? ['tasklist', '/fi', `pid eq ${pid}`, '/fo', 'csv', '/nh']
      : ['ps', '-o', 'stat=,comm=', '-p', `${pid}`];
  try {
    const line = execFileSync(file as string, args, { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] }).trim();
    // Windows has no zombies, and says in words that there is no such process.
    if (process.platform === 'win32') return line.startsWith('"') ? { status: 'R', command: line } : undefined;
    const [status = '', command = ''] = line.split(/\s+(.*)/);
    return { status, command };
  } catch {
    return undefined;
  }
}
