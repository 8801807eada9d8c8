import { type Bindings, type ChildLoggerOptions, type Logger, pino, symbols } from 'pino';
import { LogEntry } from '../log-entry.js';
import type { LogLevel } from '../log-level.js';
import type { LogOutput } from '../log-output.js';
import type { BoundFields, LogLine, StructuredLog } from '../structured-log.js';

/** pino's own way to write a line whose values are read already. */
type Writer = Record<typeof symbols.writeSym, (fields: object, message: string | undefined, level: number) => void> &
  Record<
    typeof symbols.asJsonSym,
    (fields: object, message: string | undefined, level: number, time: string) => string
  >;

/**
 * Makes the pino logger that all lines of one app are written through. What its callers pass is read, cleaned and
 * completed by the structured log; pino decides by level, makes JSON and writes.
 */
export function createRootLogger(
  service: string,
  level: LogLevel,
  log: StructuredLog,
  /** What was bound to loggers. */
  bound: WeakMap<object, BoundFields>,
  output: LogOutput,
): Logger {
  const root = pino(
    {
      level,
      base: { service },
      // An error is plain data by now; pino's serializer would take it for one again and lose its type.
      serializers: { err: (error: unknown) => error },
      hooks: {
        logMethod(args, _method, number) {
          const line = log.compose(number, LogEntry.of(args), bound.get(this));
          if (line !== undefined) (this as unknown as Writer)[symbols.writeSym](line.fields, line.message, number);
        },
      },
    },
    { write: (line) => output.write(line) },
  );
  const makeChild = root.child as unknown as (bindings: Bindings, options?: ChildLoggerOptions) => Logger;
  // pino would put bindings into the line before everything else, unread and beside other fields of the same name.
  Object.assign(root, {
    child(this: Logger, bindings: Bindings, options?: ChildLoggerOptions): Logger {
      const child = makeChild.call(this, {}, options);
      bound.set(child, withBindings(bound.get(this), bindings));
      return child;
    },
    setBindings(this: Logger, bindings: Bindings): void {
      bound.set(this, withBindings(bound.get(this), bindings));
    },
    bindings(this: Logger): Bindings {
      const { context, fields = {} } = bound.get(this) ?? {};
      return { service, ...(context !== undefined && { context }), ...fields };
    },
  });
  return root;

  function withBindings(inherited: BoundFields | undefined, bindings: Bindings): BoundFields {
    const { 'data.context': context, ...own } = log.scrub(bindings);
    return {
      context: typeof context === 'string' ? context : inherited?.context,
      fields: { ...inherited?.fields, ...own },
    };
  }
}

/** A line as pino writes it, with something else in the place of its time. */
export function jsonOf(logger: Logger, { fields, message }: LogLine, level: number, time: string): string {
  return (logger as unknown as Writer)[symbols.asJsonSym](fields, message, level, `,"time":${time}`);
}
