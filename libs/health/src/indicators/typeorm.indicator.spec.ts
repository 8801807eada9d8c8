import { spawn } from 'node:child_process';
import { dirname } from 'node:path';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import { build, type Rollup } from 'vite';
import { describe, expect, it } from 'vitest';
import { describeHealthIndicator } from '../health-indicator.contract.js';
import { TypeOrmIndicator } from './typeorm.indicator.js';

/** A source of data that keeps no data: what TypeORM's own does with a real database is a journey of the samples. */
class FakeDataSource {
  readonly options = { type: 'postgres' };
  readonly asked: string[] = [];
  isThere = true;

  async query(sql: string): Promise<unknown> {
    this.asked.push(sql);
    if (!this.isThere) throw new Error('connect ECONNREFUSED 10.0.0.4:5432');
    return [{ '?column?': 1 }];
  }
}

describeHealthIndicator('a TypeORM data source', async () => {
  const dataSource = new FakeDataSource();
  return {
    indicator: new TypeOrmIndicator('database', dataSource),
    takeAway: () => void (dataSource.isThere = false),
    giveBack: () => void (dataSource.isThere = true),
    [Symbol.asyncDispose]: async () => undefined,
  };
});

describe('TypeOrmIndicator', () => {
  it('asks the smallest question and tells nothing of the answer', async () => {
    const dataSource = new FakeDataSource();
    expect(await new TypeOrmIndicator('database', dataSource).check(AbortSignal.timeout(1_000))).toEqual({
      status: 'up',
      details: {},
    });
    expect(dataSource.asked).toEqual(['SELECT 1']);
  });

  it('says what to install where TypeORM is missing', async () => {
    const code = await bundleOf('typeorm-indicator.fixture.ts');
    expect(await outputOf(code, ['--import', WITHOUT_TYPEORM])).toBe(
      'HealthModule: the check "database" needs packages that are not installed. Run: npm install @nestjs/typeorm typeorm',
    );
    // The control: where it is there, nothing is missing.
    expect(await outputOf(code, [])).toBe('database is made');
  });
});

const FOLDER = dirname(fileURLToPath(import.meta.url));
const HOOK =
  `import { registerHooks } from 'node:module';` +
  `registerHooks({ resolve(name, context, next) {` +
  ` if (name === 'typeorm') throw new Error('not installed'); return next(name, context); } });`;
const WITHOUT_TYPEORM = `data:text/javascript,${encodeURIComponent(HOOK)}`;

async function bundleOf(file: string): Promise<string> {
  const [bundle] = (await build({
    configFile: false,
    logLevel: 'silent',
    build: { ssr: `${FOLDER}/${file}`, write: false, target: 'node22' },
  }).then((output) => [output].flat())) as Rollup.RollupOutput[];
  return bundle!.output[0].code;
}

async function outputOf(code: string, flags: readonly string[]): Promise<string> {
  const child = spawn(process.execPath, [...flags, '--input-type=module', '-'], { cwd: FOLDER, timeout: 10_000 });
  child.stdin.end(code);
  return text(child.stdout);
}
