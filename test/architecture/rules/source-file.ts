import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import ts from 'typescript';

export const ROOT = fileURLToPath(new URL('../../..', import.meta.url));

export interface Import {
  readonly specifier: string;
  /** The imported names; `*` for all of them. */
  readonly names: readonly string[];
}

/** One file of the repository as the rules see it; a planted one needs to be nowhere. */
export class SourceFile {
  /** From the root of the repository, with `/`. */
  readonly path: string;
  readonly text: string;
  readonly tree: ts.SourceFile;
  readonly imports: readonly Import[];

  constructor(path: string, text = '') {
    this.path = path;
    this.text = text;
    this.tree = ts.createSourceFile(path, text, ts.ScriptTarget.Latest, true);
    this.imports = importsOf(this.tree);
  }

  get name(): string {
    return this.path.slice(this.path.lastIndexOf('/') + 1);
  }

  /** What it belongs to and may import relatively from: a library, an app, or a folder of the root. */
  get room(): string {
    return /^((libs|apps)\/[^/]+|[^/]+)\//.exec(this.path)?.[1] ?? '';
  }

  get library(): string | undefined {
    return /^libs\/([^/]+)\/src\//.exec(this.path)?.[1];
  }

  /** Whether it is there for tests only. */
  get isForTests(): boolean {
    return /\.(spec|e2e-spec|contract|fixture)\.ts$/.test(this.path);
  }
}

/** All TypeScript files below some folders of the repository. */
export function sourceFiles(...folders: string[]): SourceFile[] {
  return filesBelow(folders, '.ts').map((path) => new SourceFile(path, readFileSync(join(ROOT, path), 'utf8')));
}

/** Paths of the files below some folders of the repository that somebody wrote. */
export function filesBelow(folders: readonly string[], ending: string): string[] {
  return folders
    .flatMap((folder) => readdirSync(join(ROOT, folder), { recursive: true }).map((path) => `${folder}/${path}`))
    .map((path) => path.replaceAll('\\', '/'))
    .filter((path) => path.endsWith(ending) && !/(^|\/)(node_modules|dist)\//.test(path))
    .sort();
}

function importsOf(tree: ts.SourceFile): Import[] {
  const imports: Import[] = [];
  const visit = (node: ts.Node): void => {
    const specifier = specifierOf(node);
    if (specifier !== undefined && ts.isStringLiteral(specifier)) {
      imports.push({ specifier: specifier.text, names: namesOf(node) });
    }
    ts.forEachChild(node, visit);
  };
  visit(tree);
  return imports;
}

function specifierOf(node: ts.Node): ts.Node | undefined {
  if (ts.isImportDeclaration(node) || ts.isExportDeclaration(node)) return node.moduleSpecifier;
  if (ts.isImportTypeNode(node) && ts.isLiteralTypeNode(node.argument)) return node.argument.literal;
  if (ts.isCallExpression(node) && node.expression.kind === ts.SyntaxKind.ImportKeyword) return node.arguments[0];
  return undefined;
}

function namesOf(node: ts.Node): string[] {
  const bindings = ts.isImportDeclaration(node) ? node.importClause?.namedBindings : undefined;
  if (bindings === undefined || !ts.isNamedImports(bindings)) return ['*'];
  return bindings.elements.map(({ propertyName, name }) => (propertyName ?? name).text);
}
