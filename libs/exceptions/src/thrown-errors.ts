import { errorType } from '#observation';
import type { ThrownError } from './exception-report.js';
import type { Scrubber } from '#redaction';
import { readFrames } from './stack-frame.js';

const MAX_ERRORS = 10;
const MAX_CALLS_CHARACTERS = 16_384;
const FIRST_CALL = /\n\s+at /;

/** Reads what was thrown and its causes into plain data without secrets; an error that resists is told as such. */
export function readThrown(error: unknown, scrubber: Scrubber): [ThrownError, ...ThrownError[]] {
  const thrown: ThrownError[] = [];
  const seen = new Set<unknown>();
  const waiting: { error: unknown; causeOf?: number }[] = [{ error }];
  for (let next = waiting.shift(); next !== undefined && thrown.length < MAX_ERRORS; next = waiting.shift()) {
    if (seen.has(next.error)) continue;
    seen.add(next.error);
    const place = thrown.push(readOne(next.error, next.causeOf, scrubber)) - 1;
    for (const cause of causesOf(next.error)) waiting.push({ error: cause, causeOf: place });
  }
  return thrown as [ThrownError, ...ThrownError[]];
}

function readOne(error: unknown, causeOf: number | undefined, scrubber: Scrubber): ThrownError {
  const place = causeOf === undefined ? {} : { causeOf };
  try {
    if (!(error instanceof Error)) {
      const shown = typeof error === 'object' ? JSON.stringify(scrubber.redactValue(error)) : String(error);
      return { type: errorType(error), message: scrubber.redactText(shown), frames: [], ...place };
    }
    const { message } = error;
    return {
      type: errorType(error),
      message: scrubber.redactText(String(message)),
      ...readStack(error.stack, String(message), scrubber),
      ...place,
    };
  } catch {
    return { type: 'unreadable', message: 'what was thrown could not be read', frames: [], ...place };
  }
}

/** The message may be of any length, and may look like frames; where the calls begin is told by where it ends. */
function readStack(stack: unknown, message: string, scrubber: Scrubber): Pick<ThrownError, 'stack' | 'frames'> {
  if (typeof stack !== 'string') return { frames: [] };
  const messageAt = stack.indexOf(message);
  // An error may have been given another message since its stack was taken.
  const callsAt = messageAt < 0 ? Math.max(stack.search(FIRST_CALL), 0) : messageAt + message.length;
  const calls = stack.slice(callsAt, callsAt + MAX_CALLS_CHARACTERS);
  return {
    stack: scrubber.redactText(stack.slice(0, callsAt)) + scrubber.redactText(calls),
    frames: readFrames(calls),
  };
}

function causesOf(error: unknown): unknown[] {
  try {
    if (!(error instanceof Error)) return [];
    const { errors } = error as { errors?: unknown };
    const causes = error.cause === undefined || error.cause === null ? [] : [error.cause];
    return Array.isArray(errors) ? [...causes, ...errors.slice(0, MAX_ERRORS)] : causes;
  } catch {
    return [];
  }
}
