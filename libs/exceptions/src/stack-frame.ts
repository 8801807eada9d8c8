import { fileURLToPath } from 'node:url';

/** One line of a stack. */
export interface StackFrame {
  readonly file: string;
  readonly function?: string;
  readonly line?: number;
  readonly column?: number;
  /** Part of the program itself, not of a package, of Node or of this suite. */
  readonly inApp: boolean;
}

const MAX_FRAMES = 50;
const LOCATION = /^(.+?)(?::(\d+))?(?::(\d+))?$/;

/** Wrappers of this suite stand between the program's own frames. */
const SUITE = portable(fileURLToPath(new URL('../../', import.meta.url)));

/** Reads the frames of a V8 stack, innermost first. */
export function readFrames(stack: string, suite = SUITE): StackFrame[] {
  const frames: StackFrame[] = [];
  for (const line of stack.split('\n')) {
    const frame = frameOf(line.trim(), suite);
    if (frame !== undefined) frames.push(frame);
    if (frames.length === MAX_FRAMES) break;
  }
  return frames;
}

function frameOf(line: string, suite: string): StackFrame | undefined {
  if (!line.startsWith('at ')) return undefined;
  const called = line.slice('at '.length).replace(/^async /, '');
  const opening = called.endsWith(')') ? called.lastIndexOf(' (') : -1;
  const place = opening < 0 ? called : called.slice(opening + 2, -1);
  const [, where, lineNumber, column] = LOCATION.exec(place) ?? [];
  if (where === undefined || /^(native|<anonymous>|index \d+)$/.test(where) || where.startsWith('eval at ')) {
    return undefined;
  }
  const file = portable(where);
  return {
    file,
    ...(opening > 0 && { function: called.slice(0, opening) }),
    ...(lineNumber !== undefined && { line: Number(lineNumber) }),
    ...(column !== undefined && { column: Number(column) }),
    inApp: !file.startsWith('node:') && !file.includes('/node_modules/') && !file.startsWith(suite),
  };
}

/** The path of a file however it was loaded: with forward slashes, without scheme and query. */
function portable(file: string): string {
  return file
    .replace(/^file:\/\//, '')
    .replace(/[?#].*$/, '')
    .replaceAll('\\', '/');
}

/** The name that a call had in the source: without its object, and without what the engine made up. */
export function functionNameOf({ function: called = '' }: StackFrame): string | undefined {
  const name = called
    .replace(/ \[as .*\]$/, '')
    .replace(/^new /, '')
    .split('.')
    .at(-1)!;
  return /^(|\?|<anonymous>|anonymous|eval)$/.test(name) ? undefined : name;
}
