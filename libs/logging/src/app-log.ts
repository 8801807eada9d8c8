import type { Logger } from 'pino';
import type { Observation, Observations } from '#observation';
import type { Scrubber } from '#redaction';
import { openDestination } from './destinations/open-destination.js';
import { boundLine } from './line-limit.js';
import { LoggerLevels } from './logger-levels.js';
import { LogOutput } from './log-output.js';
import { LogScopes } from './log-scopes.js';
import type { ResolvedLoggingOptions } from './logging.options.js';
import type { LogEntry } from './log-entry.js';
import { LOG_LEVELS, type LogLevel } from './log-level.js';
import { createRootLogger, jsonOf } from './pino/root-logger.js';
import { type BoundFields, StructuredLog } from './structured-log.js';

/** The log of one app: its levels, its root logger and its way out. */
export class AppLog {
  readonly root: Logger;
  readonly scopes = new LogScopes();
  readonly #structured: StructuredLog;
  readonly #bound = new WeakMap<object, BoundFields>();

  private constructor(
    /** Whether the app logs here at all. */
    readonly isOn: boolean,
    service: string,
    scrubber: Scrubber,
    readonly levels: LoggerLevels,
    readonly output: LogOutput,
  ) {
    this.#structured = new StructuredLog(levels, this.scopes, scrubber);
    this.root = createRootLogger(service, levels.lowest, this.#structured, this.#bound, output);
    levels.onChange = () => (this.root.level = levels.lowest);
  }

  /** Opens the log of a service; without an app each line is written at once. */
  static open(options: ResolvedLoggingOptions, service: string, scrubber: Scrubber, app?: Observations): AppLog {
    const levels = new LoggerLevels(options.level, options.levels);
    const onFault = (error: unknown): void => app?.internalErrors.record('logging', error);
    return new AppLog(true, service, scrubber, levels, new LogOutput(openDestination(options, app), onFault));
  }

  /** The log of an app that switched logging off: it takes everything and writes nothing. */
  static off(service: string, scrubber: Scrubber): AppLog {
    return new AppLog(false, service, scrubber, new LoggerLevels('silent'), new LogOutput());
  }

  /** Whether lines of that context and level are written by now. */
  writes(context: string, level: LogLevel): boolean {
    return LOG_LEVELS[level] >= this.root.levelVal && this.levels.allows(context, LOG_LEVELS[level]);
  }

  /** Whether all lines, or those of an observation, carry fields that somebody gave them. */
  carriesFields(about: Observation): boolean {
    return this.#bound.has(this.root) || this.scopes.fieldsOf(about) !== undefined;
  }

  /** The line of an entry as it would be written, with something else in the place of its time. */
  lineOf(level: LogLevel, entry: LogEntry, time: string): string | undefined {
    const line = this.#structured.compose(LOG_LEVELS[level], entry);
    return line && boundLine(jsonOf(this.root, line, LOG_LEVELS[level], time));
  }

  /** A text without secrets. */
  scrubText(text: string): string {
    return this.#structured.scrubText(text);
  }

  /** Has all later lines of the running request or observed call carry these fields. */
  assign(fields: object): void {
    this.scopes.assign(this.#structured.scrub(fields));
  }

  /** Runs work whose lines have fields in common, where there is no request. */
  runInScope<T>(work: () => T, fields: object, inherit: boolean): T {
    return this.scopes.open(work, this.#structured.scrub(fields), inherit);
  }

  /** Writes everything out; what is still logged after it comes out as well. */
  async close(deadlineMs: number): Promise<void> {
    this.levels.release();
    await this.output.close(deadlineMs);
  }
}
