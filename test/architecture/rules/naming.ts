import ts from 'typescript';
import type { SourceFile } from './source-file.ts';

/** Names that take anything in, so that nobody finds anything in them. */
const VAGUE = /^(utils?|helpers?|common|shared|constants?|types?|misc|interfaces?|enums?|base|impl|manager)$/;
const KEBAB_CASE = /^[a-z0-9]+(-[a-z0-9]+)*(\.[a-z0-9]+(-[a-z0-9]+)*)*\.ts$/;
/** A context manager is OpenTelemetry's word for what it is. */
const EMPTY_WORDS = /((?<!Context)Manager|Helper|Impl|Utils?)$|^I[A-Z][a-z]/;

/** Files and folders whose name does not say which concept they are. */
export function vagueFileNames(files: readonly SourceFile[]): string[] {
  return files
    .filter(({ path }) =>
      path
        .replace(/\.ts$/, '')
        .split(/[/.]/)
        .some((part) => VAGUE.test(part)),
    )
    .map(({ path }) => `${path} says nothing of what is in it`);
}

/** Files whose name is not written in kebab-case with dotted roles. */
export function misspelledFileNames(files: readonly SourceFile[]): string[] {
  return files.filter(({ name }) => !KEBAB_CASE.test(name)).map(({ path }) => `${path} is not kebab-case`);
}

/** Classes and types whose name has a word without meaning. */
export function emptyTypeNames(files: readonly SourceFile[]): string[] {
  return files.flatMap(({ path, tree }) =>
    tree.statements
      .filter(
        (node) => ts.isClassDeclaration(node) || ts.isInterfaceDeclaration(node) || ts.isTypeAliasDeclaration(node),
      )
      .flatMap(({ name }) => name?.text ?? [])
      .filter((name) => EMPTY_WORDS.test(name))
      .map((name) => `${path} declares ${name}`),
  );
}
