import { Writable } from 'node:stream';
import { expect, it } from 'vitest';
import { AssembledProjects } from './assembled/assembled-projects.ts';
import { ProgressLine } from './progress-line.ts';
import { RunningServers } from './running-servers.ts';
import { BASELINE, CONTROL, VARIANTS } from './variants.ts';

const [bare, twin] = [BASELINE, CONTROL].map((name) => VARIANTS.find((variant) => variant.name === name)!);

it('leaves out who fails from then on, and does the same with all others', async () => {
  const lines: string[] = [];
  const out = new Writable({ write: (line: Buffer, _encoding, done) => done(void lines.push(line.toString())) });
  const progress = new ProgressLine(out as NodeJS.WriteStream);
  const projects = new AssembledProjects(() => undefined);
  await using servers = new RunningServers({ adapter: 'fastify', serverPrefix: [], projects, progress });
  await servers.start(bare!);
  await servers.start(twin!);
  const done = async () => 'done';
  expect([...(await servers.atOnce(done)).keys()]).toEqual([bare, twin]);
  expect([...(await servers.atOnce(done, (variant) => variant === twin)).keys()]).toEqual([twin]);

  const results = await servers.atOnce(async ({ variant }) => (variant === bare ? 'done' : fail()));
  expect([...results]).toEqual([[bare, 'done']]);
  expect(lines).toEqual(['REFUSED: planted\n']);
  expect([...servers.refusals]).toEqual([[twin, 'planted']]);
  expect([servers.has(bare!), servers.has(twin!)]).toEqual([true, false]);
  expect([...(await servers.atOnce(done)).keys()]).toEqual([bare]);
});

function fail(): never {
  throw new Error('planted');
}
