import { createHash } from 'node:crypto';
import { posix } from 'node:path';
import type { ThrownError } from './exception-report.js';
import { parameterised } from './parameterised-message.js';
import { functionNameOf, type StackFrame } from './stack-frame.js';

/** Part of every fingerprint, so that a better algorithm makes new issues instead of mixing with the old ones. */
const VERSION = 1;
const ID_DIGITS = 16;

/** What a fingerprint was made from, for whoever wonders why two exceptions are one issue, or are not. */
export interface Grouping {
  readonly version: number;
  /** Given by the program, the program's own frames, all frames where none is its own, or the message where none is. */
  readonly by: 'fingerprint' | 'app-frames' | 'all-frames' | 'message';
  readonly parts: readonly string[];
}

export interface Fingerprint {
  /** The same for each occurrence of the same fault, after a restart and on other lines of the source, too. */
  readonly id: string;
  readonly grouping: Grouping;
}

/** Tells which fault an exception is an occurrence of: type and frames of it and of its causes, never the lines. */
export function fingerprintOf(thrown: readonly [ThrownError, ...ThrownError[]], given?: string): Fingerprint {
  if (given !== undefined) return hashed({ version: VERSION, by: 'fingerprint', parts: [given] });
  const parts = thrown.flatMap((error) => [error.type, ...partsOf(error).parts]);
  return hashed({ version: VERSION, by: partsOf(thrown[0]).by, parts });
}

function partsOf({ frames, message }: ThrownError): Pick<Grouping, 'by' | 'parts'> {
  const own = frames.filter(({ inApp }) => inApp);
  if (own.length > 0) return { by: 'app-frames', parts: linesOf(own) };
  if (frames.length > 0) return { by: 'all-frames', parts: linesOf(frames) };
  return { by: 'message', parts: [parameterised(message)] };
}

/** Recursion counts once, however deep it went. */
function linesOf(frames: readonly StackFrame[]): string[] {
  const lines = frames.map((frame) => {
    const file = posix.basename(frame.file).toLowerCase();
    const name = functionNameOf(frame);
    return name === undefined ? file : `${file} ${name}`;
  });
  return lines.filter((line, place) => line !== lines[place - 1]);
}

function hashed(grouping: Grouping): Fingerprint {
  const text = JSON.stringify([grouping.version, ...grouping.parts]);
  return { id: createHash('sha256').update(text).digest('hex').slice(0, ID_DIGITS), grouping };
}

/** The place in the program that an exception comes from. */
export function culpritOf({ frames }: ThrownError): string | undefined {
  const frame = frames.find(({ inApp }) => inApp);
  if (frame === undefined) return undefined;
  const file = posix.basename(frame.file);
  return frame.function === undefined ? file : `${frame.function} (${file})`;
}
