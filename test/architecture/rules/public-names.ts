import ts from 'typescript';
import type { SourceFile } from './source-file.ts';

/** Files that pass on whatever another one exports. */
export function starExports(files: readonly SourceFile[]): string[] {
  return files
    .filter(({ tree }) => tree.statements.some((node) => ts.isExportDeclaration(node) && !isListOfNames(node)))
    .map(({ path }) => `${path} has an export *`);
}

/** Index files that are more than a list of names. */
export function indexesWithMoreThanNames(files: readonly SourceFile[]): string[] {
  return files
    .filter(({ name }) => name === 'index.ts')
    .filter(({ tree }) => !tree.statements.every((node) => ts.isExportDeclaration(node) && isListOfNames(node)))
    .map(({ path }) => `${path} is more than a list of names`);
}

function isListOfNames({ exportClause }: ts.ExportDeclaration): boolean {
  return exportClause !== undefined && ts.isNamedExports(exportClause);
}
