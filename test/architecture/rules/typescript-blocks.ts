import { join, posix } from 'node:path';
import ts from 'typescript';
import type { MarkdownFile } from './markdown.ts';
import { ROOT, SourceFile } from './source-file.ts';

interface VirtualFile {
  readonly text: string;
  /** Where the text stands, for messages. */
  readonly page: string;
  readonly line: number;
}

/**
 * What the compiler says of the TypeScript on some pages, as if each block were a file of this repository that uses the
 * built package. A relative import finds what the earlier blocks of the page export. A block marked `ts no-check` is
 * left out.
 */
export function blocksThatDoNotCompile(pages: readonly MarkdownFile[]): string[] {
  const files = new Map(pages.flatMap(virtualFilesOf));
  const options = compilerOptions();
  const program = ts.createProgram([...files.keys()], options, hostWith(files, options));
  return ts.getPreEmitDiagnostics(program).map(({ file, start = 0, messageText }) => {
    const { page, line } = files.get(file?.fileName ?? '') ?? { page: file?.fileName, line: 1 };
    const offset = file === undefined ? 0 : file.getLineAndCharacterOfPosition(start).line;
    return `${page}:${line + offset}: ${ts.flattenDiagnosticMessageText(messageText, ' ')}`;
  });
}

function virtualFilesOf({ path, blocks }: MarkdownFile): [string, VirtualFile][] {
  const folder = posix.join(ROOT, `${path.replaceAll('/', '-')}.blocks`);
  const files: [string, VirtualFile][] = [];
  let earlier = '';
  for (const { line, text } of blocks.filter(({ info }) => info === 'ts' || info === 'typescript')) {
    for (const { specifier } of new SourceFile(path, text).imports.filter((one) => one.specifier.startsWith('.'))) {
      files.push([posix.join(folder, specifier.replace(/\.js$/, '.ts')), { text: earlier, page: path, line }]);
    }
    files.push([posix.join(folder, `${line}.ts`), { text, page: path, line }]);
    earlier += `export * from '${posix.join(folder, `${line}.js`)}';\n`;
  }
  return files;
}

function compilerOptions(): ts.CompilerOptions {
  const config = ts.readConfigFile(join(ROOT, 'tsconfig.json'), ts.sys.readFile) as { config: object };
  const { options } = ts.parseJsonConfigFileContent(config.config, { ...ts.sys, readDirectory: () => [] }, ROOT);
  return {
    ...options,
    noEmit: true,
    // A reader's example declares what the reader goes on to use.
    noUnusedLocals: false,
    noUnusedParameters: false,
    moduleDetection: ts.ModuleDetectionKind.Force,
  };
}

function hostWith(files: ReadonlyMap<string, VirtualFile>, options: ts.CompilerOptions): ts.CompilerHost {
  const host = ts.createCompilerHost(options);
  const { fileExists, readFile, getSourceFile, directoryExists } = host;
  const folders = new Set([...files.keys()].map((path) => posix.dirname(path)));
  host.fileExists = (path) => files.has(path) || fileExists(path);
  host.readFile = (path) => files.get(path)?.text ?? readFile(path);
  host.directoryExists = (path) => folders.has(path) || directoryExists!(path);
  host.getSourceFile = (path, version, ...rest) => {
    const file = files.get(path);
    return file === undefined ? getSourceFile(path, version, ...rest) : ts.createSourceFile(path, file.text, version);
  };
  return host;
}
