import ts from 'typescript';
import type { SourceFile } from './source-file.ts';

/** The one file that holds what a process has only one of. */
const PROCESS_WIDE = 'libs/observation/src/process-wide.ts';

/** State that all apps of a process would share; a look-up table says by its type that it is read-only. */
export function moduleState(files: readonly SourceFile[]): string[] {
  return files
    .filter(({ path, isForTests }) => path !== PROCESS_WIDE && !isForTests)
    .flatMap(({ path, tree }) => statesOf(tree).map((name) => `${path} keeps ${name} for the whole process`));
}

function statesOf(tree: ts.SourceFile): string[] {
  return tree.statements.flatMap((node) => {
    if (ts.isClassDeclaration(node)) return node.members.filter(isStaticState).map((member) => member.name!.getText());
    if (!ts.isVariableStatement(node)) return [];
    const { declarations, flags } = node.declarationList;
    const constant = (flags & ts.NodeFlags.Const) !== 0;
    return declarations.filter((one) => !constant || isMutable(one)).map(({ name }) => name.getText());
  });
}

function isStaticState(member: ts.ClassElement): boolean {
  if (!ts.isPropertyDeclaration(member)) return false;
  const kinds = member.modifiers?.map(({ kind }) => kind) ?? [];
  if (!kinds.includes(ts.SyntaxKind.StaticKeyword)) return false;
  return !kinds.includes(ts.SyntaxKind.ReadonlyKeyword) || isMutable(member);
}

function isMutable({ initializer, type }: ts.VariableDeclaration | ts.PropertyDeclaration): boolean {
  if (initializer === undefined || !ts.isNewExpression(initializer)) return false;
  if (!/^(Weak)?(Map|Set)$/.test(initializer.expression.getText())) return false;
  return !/^Readonly(Map|Set)\b/.test(type?.getText() ?? '');
}
