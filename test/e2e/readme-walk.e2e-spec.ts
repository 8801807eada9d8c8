import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { promisify } from 'node:util';
import { expect, it } from 'vitest';
import { temporaryDirectory } from '../../tools/temporary-directory.ts';
import { walkIn } from '../support/readme-walk.ts';
import { RunningSamples, type SampleName } from '../support/running-samples.ts';
import { ShownText } from '../support/shown-text.ts';

const ROOT = join(import.meta.dirname, '../..');
const SERVICES: readonly SampleName[] = ['order', 'gateway'];
const steps = walkIn('## A walk through all six patterns');

it('is ten lines of curl', () => {
  expect(steps.flatMap(({ command }) => command.match(/\bcurl /g) ?? [])).toHaveLength(10);
});

it('prints what the README shows, step by step', async () => {
  await using samples = await RunningSamples.start();
  await using folder = temporaryDirectory();
  const variables = join(folder.path, 'variables');
  const type = async (command: string): Promise<string> => {
    // One shell after another, each with the variables of the one before, as if it were one terminal.
    const script = `[ -f ${variables} ] && . ${variables}; set -a; ${typedHere(command, samples)}\nexport -p > ${variables}`;
    return (await promisify(execFile)('bash', ['-c', script], { cwd: ROOT })).stdout;
  };

  const ids = new Map<string, string>();
  for (const { command, output, log } of steps) {
    const isQuestion = !/ -d | -H "authorization/.test(command);
    let real = await type(command);
    // A reader is slower than records are sealed and issues counted.
    for (let turn = 0; turn < 50 && isQuestion && !new ShownText(output).matches(real, ids); turn += 1) {
      await sleep(100);
      real = await type(command);
    }
    expect(new ShownText(output).matches(real, ids), `${command}\nprints\n${real}\nand not\n${output}`).toBe(true);
    if (log === undefined) continue;
    const traceId = ids.get(/"trace_id":"([0-9a-f]{32})"/.exec(log)![1]!)!;
    const lines = await Promise.all(SERVICES.map((name) => samples.accessLines(name, traceId)));
    const written = lines
      .flat()
      .map((line) => JSON.stringify(line))
      .join('\n');
    expect(new ShownText(log).matches(written, ids), `${written}\nand not\n${log}`).toBe(true);
  }
}, 60_000);

/** The command with the ports and keys of these samples in the place of the usual ones. */
function typedHere(command: string, { ports, keysDir }: RunningSamples): string {
  const usual = { 3000: ports.gateway, 3001: ports.order, 9700: ports.gatewayManagement, 9701: ports.orderManagement };
  return command
    .replace(/(?<=127\.0\.0\.1:)(3000|3001|9700|9701)/g, (port) => `${usual[Number(port) as keyof typeof usual]}`)
    .replaceAll('npm run -s token --', `'${process.execPath}' tools/token.ts --keys-dir '${keysDir}'`);
}
