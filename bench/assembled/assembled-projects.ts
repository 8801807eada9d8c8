import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { cp, mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { Project } from '../variants.ts';

const run = promisify(execFile);
const ROOT = join(import.meta.dirname, '..', '..');
const SOURCES = [join(ROOT, 'bench', 'src'), join(import.meta.dirname, 'src')];
const STAMP = join('node_modules', '.installed-from');

/** The script that serves the apps of a project. */
export function serverOf(project: Project): string {
  const folder = project === 'workspace' ? join(ROOT, 'dist', 'bench') : join(directoryOf(project), 'dist');
  return join(folder, 'server.js');
}

/** The npm projects with packages that the workspace does without; each is installed and compiled when it is needed. */
export class AssembledProjects {
  readonly #prepared = new Map<Project, Promise<void>>();
  readonly #tell: (what: string) => void;

  constructor(tell: (what: string) => void) {
    this.#tell = tell;
  }

  /** Installs and compiles a project, once; the workspace is compiled already. */
  async prepare(project: Project): Promise<void> {
    if (project === 'workspace') return;
    const prepared = this.#prepared.get(project) ?? this.#install(project).then(() => this.#compile(project));
    this.#prepared.set(project, prepared);
    await prepared;
  }

  async #install(project: Project): Promise<void> {
    const directory = directoryOf(project);
    const suite = project === 'nest-11' ? await packSuite(directory) : undefined;
    const stamp = createHash('sha256').update(await readFile(join(directory, 'package-lock.json')));
    if (suite !== undefined) stamp.update(await readFile(suite));
    const wanted = stamp.digest('hex');
    if (wanted === (await readFile(join(directory, STAMP), 'utf8').catch(() => undefined))) return;
    this.#tell(`installing the packages of bench/assembled/${project}`);
    await npm(directory, 'ci', '--ignore-scripts');
    // No lock file could hold it: it is another one after every change.
    if (suite !== undefined) await npm(directory, 'install', '--ignore-scripts', '--no-save', suite);
    await writeFile(join(directory, STAMP), wanted);
  }

  /** Copies the sources into the project, so that they find its packages and are modules of its kind, ESM or CommonJS. */
  async #compile(project: Project): Promise<void> {
    const directory = directoryOf(project);
    this.#tell(`compiling bench/assembled/${project}`);
    const sources = join(directory, 'src');
    await rm(sources, { recursive: true, force: true });
    for (const from of SOURCES) await cp(from, sources, { recursive: true });
    await execute(join(ROOT, 'node_modules', '.bin', 'tsc'), ['-p', directory], directory);
  }
}

function directoryOf(project: Project): string {
  return join(import.meta.dirname, project);
}

/** Answers the tarball of the suite, as it would be published. */
async function packSuite(directory: string): Promise<string> {
  const folder = join(directory, 'packed');
  await rm(folder, { recursive: true, force: true });
  await mkdir(folder);
  await npm(ROOT, 'pack', '--workspace', '@crowsnest/observability', '--pack-destination', folder);
  const [tarball] = await readdir(folder);
  return join(folder, tarball!);
}

async function npm(directory: string, ...words: string[]): Promise<void> {
  await execute('npm', [...words, '--prefer-offline'], directory);
}

async function execute(command: string, words: readonly string[], directory: string): Promise<void> {
  await run(command, words, { cwd: directory }).catch((error: { stdout?: string; stderr?: string }) => {
    const said = `${error.stdout ?? ''}${error.stderr ?? ''}`.trim().slice(0, 2_000);
    throw new Error(`"${[command, ...words].join(' ')}" failed in ${directory}: ${said}`, { cause: error });
  });
}
