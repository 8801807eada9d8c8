import { execFile } from 'node:child_process';
import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);
const ROOT = join(import.meta.dirname, '..', '..');

export interface FreshAppFiles {
  /** What is installed beside the packed package, by exact version. */
  readonly dependencies: Readonly<Record<string, string>>;
  readonly type: 'module' | 'commonjs';
  /** TypeScript sources by file name. */
  readonly sources: Readonly<Record<string, string>>;
}

/** A project of its own, outside the workspace, with the package installed from its packed tarball. */
export class FreshApp implements AsyncDisposable {
  private constructor(readonly directory: string) {}

  static async make({ dependencies, type, sources }: FreshAppFiles): Promise<FreshApp> {
    const app = new FreshApp(await mkdtemp(join(tmpdir(), 'crowsnest-fresh-app-')));
    try {
      await app.#install(dependencies, type);
      await app.#compile(type, sources);
      return app;
    } catch (error) {
      await app[Symbol.asyncDispose]();
      throw error;
    }
  }

  async #install(dependencies: FreshAppFiles['dependencies'], type: string): Promise<void> {
    await run('npm', ['pack', '--workspace', '@crowsnest/observability', '--pack-destination', this.directory], {
      cwd: ROOT,
    });
    const tarball = (await readdir(this.directory)).find((name) => name.endsWith('.tgz'))!;
    const manifest = {
      private: true,
      type,
      dependencies: { ...dependencies, '@crowsnest/observability': `file:${tarball}` },
    };
    await writeFile(join(this.directory, 'package.json'), JSON.stringify(manifest));
    await run('npm', ['install', '--prefer-offline', '--ignore-scripts', '--no-audit', '--no-fund'], {
      cwd: this.directory,
    });
  }

  async #compile(type: string, sources: FreshAppFiles['sources']): Promise<void> {
    for (const [name, text] of Object.entries(sources)) await writeFile(join(this.directory, name), text);
    const options = {
      compilerOptions: {
        target: 'es2023',
        module: 'nodenext',
        strict: true,
        // The package's own types are checked as well: a user's compiler may look at them.
        skipLibCheck: false,
        types: ['node'],
        typeRoots: [join(ROOT, 'node_modules', '@types')],
        experimentalDecorators: true,
        emitDecoratorMetadata: true,
        outDir: 'dist',
      },
      include: ['*.ts'],
    };
    if (type === 'commonjs') options.compilerOptions.skipLibCheck = true;
    await writeFile(join(this.directory, 'tsconfig.json'), JSON.stringify(options));
    await run(join(ROOT, 'node_modules', '.bin', 'tsc'), ['-p', this.directory], { cwd: this.directory }).catch(
      (error: { stdout?: string }) => {
        throw new Error(`The fresh app does not compile:\n${error.stdout}`, { cause: error });
      },
    );
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await rm(this.directory, { recursive: true, force: true });
  }
}
