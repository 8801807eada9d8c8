import { readFileSync } from 'node:fs';
import { mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { dirname, isAbsolute, join, relative, sep } from 'node:path';
import { type Plugin, rolldown } from 'rolldown';

const PACKAGE = join(import.meta.dirname, '..', 'libs');
const DIST = join(PACKAGE, 'dist');
const COMMAND = join(DIST, 'audit', 'src', 'cli', 'crowsnest-audit.js');

/** Has the maps lead to the sources, past what the compiler made of them. */
const compiledMaps: Plugin = {
  name: 'compiled-maps',
  async load(file) {
    const [code, map] = await Promise.all([readFile(file, 'utf8'), readFile(`${file}.map`, 'utf8')]);
    return { code, map };
  },
};

/**
 * Makes one file of each library that the compiler has left in `dist`, where it stood before: most of a start is loading
 * code, and of many small files it is finding, reading and linking them (docs/decisions/0010). Declarations stay.
 */
async function bundlePackage(): Promise<void> {
  const bundle = await rolldown({
    cwd: PACKAGE,
    platform: 'node',
    input: Object.fromEntries([...libraries(), COMMAND].map((file) => [nameOf(file), file])),
    external: (name) => !/^[.#]/.test(name) && !isAbsolute(name),
    plugins: [compiledMaps],
    preserveEntrySignatures: 'allow-extension',
    treeshake: false,
  });
  // What is loaded on demand, or by two of them, has a file of its own, as deep as theirs: a stack frame is known by its folder.
  const { output } = await bundle.generate({
    format: 'esm',
    chunkFileNames: 'parts/src/[name].js',
    minifyInternalExports: false,
    sourcemap: true,
  });
  await bundle.close();
  await removeCompiled();
  for (const file of output) await write(join(DIST, file.fileName), file.type === 'chunk' ? file.code : file.source);
}

/** The files that the sub-paths of the package lead to. */
function libraries(): string[] {
  const { exports } = JSON.parse(readFileSync(join(PACKAGE, 'package.json'), 'utf8')) as {
    exports: Record<string, string | { default: string }>;
  };
  return Object.values(exports).flatMap((target) => (typeof target === 'string' ? [] : join(PACKAGE, target.default)));
}

function nameOf(file: string): string {
  return relative(DIST, file).replace(/\.js$/, '').replaceAll(sep, '/');
}

async function removeCompiled(): Promise<void> {
  const files = await readdir(DIST, { recursive: true });
  await Promise.all(files.filter((file) => /\.js(?:\.map)?$/.test(file)).map((file) => rm(join(DIST, file))));
}

async function write(file: string, content: string | Uint8Array): Promise<void> {
  await mkdir(dirname(file), { recursive: true });
  await writeFile(file, content);
}

await bundlePackage();
