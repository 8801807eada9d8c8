import { Logger } from '@nestjs/common';
import { Redactor } from '#redaction';
import { AppLog } from './app-log.js';
import { AppLogger } from './app-logger.js';
import { findLogLevel } from './log-level.js';
import { type LoggingOptions, resolveLoggingOptions } from './logging.options.js';

/**
 * A logger for the time before there is an app, whose options are not known yet either; each line is written at once.
 * A LOG_LEVEL that is none is left for the app to refuse.
 */
export function createStartLogger(
  options: LoggingOptions = {},
  service = process.env['OTEL_SERVICE_NAME'] || 'unknown_service:node',
): AppLogger {
  const level = findLogLevel(process.env['LOG_LEVEL']) ?? 'info';
  return new AppLogger(AppLog.open(resolveLoggingOptions({ level, ...options }), service, new Redactor()));
}

/** Says that an app could not be created, after what Nest had to say about it, in the format of all other lines. */
export function logStartFailure(error: unknown, logger = createStartLogger()): void {
  Logger.overrideLogger(logger);
  Logger.flush();
  logger.fatal(error, 'NestFactory');
}
