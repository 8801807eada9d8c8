import ts from 'typescript';
import type { MarkdownFile } from './markdown.ts';
import type { SourceFile } from './source-file.ts';

/** The interface that holds all options of the suite. */
const ROOT_OPTIONS = 'observability:ObservabilityModuleOptions';

export interface Option {
  /** As a user finds it, `tracing.otlp.url`. */
  readonly path: string;
  /** What its comment says, if it has one. */
  readonly sentence: string | undefined;
  readonly default: string | undefined;
  /** Whether it only groups other options. */
  readonly isGroup: boolean;
  /** Whether the option that it belongs to cannot do without it. */
  readonly isRequired: boolean;
}

interface Group {
  readonly file: SourceFile;
  readonly members: readonly ts.TypeElement[];
  readonly parents: readonly string[];
}

/** All options that a user can set, each by its path. */
export function optionsIn(files: readonly SourceFile[]): Option[] {
  const groups = new Map<string, Group>();
  for (const file of files.filter(({ name }) => name.endsWith('.options.ts'))) {
    for (const { name, members, heritageClauses = [] } of file.tree.statements.filter(ts.isInterfaceDeclaration)) {
      const parents = heritageClauses.flatMap(({ types }) => types.map(({ expression }) => expression.getText()));
      groups.set(`${file.library}:${name.text}`, { file, members, parents });
    }
  }
  const root = groups.get(ROOT_OPTIONS);
  return root === undefined ? [] : walk('', root, groups);
}

/** Options that do not say in a sentence what they are for, or not what happens without them. */
export function unexplainedOptions(files: readonly SourceFile[]): string[] {
  return optionsIn(files)
    .filter(({ isGroup, isRequired }) => !isGroup && !isRequired)
    .filter((option) => !option.sentence?.endsWith('.') || option.default === undefined)
    .map(({ path }) => `${path} lacks a sentence or its @default`);
}

/** Options without a row in the table of a page, and rows without an option. */
export function unevenRows(files: readonly SourceFile[], page: MarkdownFile): string[] {
  const options = optionsIn(files);
  const rows = new Set(page.rows);
  const paths = new Set(options.map(({ path }) => path));
  const groups = new Set(options.map(({ path }) => path.split('.')[0]!));
  const missing = options.filter((option) => option.default !== undefined && !rows.has(option.path));
  const foreign = [...rows].filter((row) => row.includes('.') && groups.has(row.split('.')[0]!) && !paths.has(row));
  return [
    ...missing.map(({ path }) => `${page.path} has no row for ${path}`),
    ...foreign.map((row) => `${page.path} has a row for ${row}, which is no option`),
  ];
}

function walk(prefix: string, { file, members, parents }: Group, groups: ReadonlyMap<string, Group>): Option[] {
  const inherited = parents.flatMap((parent) => groups.get(keyOf(parent, file)) ?? []);
  const own = members.filter(ts.isPropertySignature).flatMap((member) => {
    const path = `${prefix}${member.name.getText()}`;
    const inner = innerGroups(member.type, file, groups);
    const comment = ts.getJSDocCommentsAndTags(member).find(ts.isJSDoc)?.comment;
    const byDefault = ts.getJSDocTags(member).find(({ tagName }) => tagName.text === 'default')?.comment;
    const option: Option = {
      path,
      sentence: ts.getTextOfJSDocComment(comment)?.trim(),
      default: ts.getTextOfJSDocComment(byDefault)?.trim(),
      isGroup: inner.length > 0,
      isRequired: member.questionToken === undefined,
    };
    return [option, ...inner.flatMap((group) => walk(`${path}.`, group, groups))];
  });
  return [...inherited.flatMap((group) => walk(prefix, group, groups)), ...own];
}

/** The interfaces of options that a type leads to. */
function innerGroups(type: ts.TypeNode | undefined, file: SourceFile, groups: ReadonlyMap<string, Group>): Group[] {
  if (type === undefined) return [];
  if (ts.isTypeLiteralNode(type)) return [{ file, members: type.members, parents: [] }];
  if (ts.isUnionTypeNode(type)) return type.types.flatMap((one) => innerGroups(one, file, groups));
  const group = ts.isTypeReferenceNode(type) ? groups.get(keyOf(type.typeName.getText(), file)) : undefined;
  return group === undefined ? [] : [group];
}

function keyOf(name: string, { imports, library }: SourceFile): string {
  const from = imports.find(({ names }) => names.includes(name))?.specifier;
  return `${from?.startsWith('#') ? from.slice(1) : library}:${name}`;
}
