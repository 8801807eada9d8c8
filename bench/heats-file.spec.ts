import { join } from 'node:path';
import { expect, it } from 'vitest';
import { temporaryDirectory } from '../tools/temporary-directory.ts';
import type { Heat } from './heat.ts';
import { HeatsFile, type Subject } from './heats-file.ts';
import type { StartCost } from './start-up.ts';

const subject: Subject = { build: 'abc', node: 'v24.1.0', form: 'full' };
const heat = (place: string): Heat => ({ place, turns: { GET: [{ bare: 20.5 }] }, refusals: { suite: 'it ended' } });

it('goes on where a run was stopped', async () => {
  await using directory = temporaryDirectory();
  const path = join(directory.path, 'heats.ndjson');
  HeatsFile.begin(subject, path).append({ heat: heat('Express') });
  HeatsFile.goOn(subject, path).append({ heat: heat('Fastify') });
  expect(HeatsFile.goOn(subject, path)).toMatchObject({ heats: [heat('Express'), heat('Fastify')], starts: undefined });

  const starts = [{ name: 'bare', cpuMs: 300 } as StartCost];
  HeatsFile.goOn(subject, path).append({ starts });
  expect(HeatsFile.goOn(subject, path).starts).toEqual(starts);
});

it('forgets what was measured before a run that starts anew', async () => {
  await using directory = temporaryDirectory();
  const path = join(directory.path, 'heats.ndjson');
  HeatsFile.begin(subject, path).append({ heat: heat('Express') });
  HeatsFile.begin(subject, path);
  expect(HeatsFile.goOn(subject, path).heats).toEqual([]);
});

it.each<Partial<Subject>>([{ build: 'def' }, { node: 'v24.2.0' }, { form: 'short' }])(
  'refuses to go on with %j from what was measured with another one',
  async (other) => {
    await using directory = temporaryDirectory();
    const path = join(directory.path, 'heats.ndjson');
    HeatsFile.begin(subject, path);
    const [key] = Object.keys(other);
    expect(() => HeatsFile.goOn({ ...subject, ...other }, path)).toThrow(`tells of another ${key}`);
  },
);

it('refuses to go on from nothing', () => {
  expect(() => HeatsFile.goOn(subject, '/nowhere/heats.ndjson')).toThrow('Run without --again');
});
