import type { HttpServerObservation } from '#observation';
import type { AppLog } from './app-log.js';
import { AccessPatterns } from './access-patterns.js';
import { ACCESS_LOG, accessEntry, accessLevel } from './access-entry.js';
import { roundedMsText, TimeText } from './decimal-text.js';
import { isPlain } from './line-pattern.js';
import { roundedMs } from './rounded-ms.js';

const MAX_PATH_LENGTH = 1_024;

/**
 * Writes the line that closes each request. Most of a line depends on the route alone and on how it ended, so lines are
 * patterns that the few other values are put into; one that has more to say goes the way of all lines.
 */
export class AccessLog {
  readonly #patterns: AccessPatterns;
  readonly #time = new TimeText();
  /** The last address that can stand in a pattern: most of them come again. */
  #plainAddress = '';

  constructor(private readonly log: AppLog) {
    this.#patterns = new AccessPatterns(log);
  }

  write(request: HttpServerObservation): void {
    const { log } = this;
    const level = accessLevel(request);
    if (!log.writes(ACCESS_LOG, level)) return;
    const { requestId, clientAddress, trace } = request;
    const actor = request.actor;
    const path = log.scrubText(request.path.slice(0, MAX_PATH_LENGTH));
    const actorId = actor && log.scrubText(actor.id);

    // An id of a request needs no look: `RequestIds` lets nothing through that JSON would escape.
    const isUsual = isPlain(path) && this.#isPlainAddress(clientAddress ?? '') && isPlain(actorId ?? '');
    const pattern =
      isUsual && !log.carriesFields(request) ? this.#patterns.of(request, level, actorId !== undefined) : undefined;
    if (pattern === undefined) {
      const durationMs = roundedMs(request.durationMs);
      log.root[level](accessEntry(request, { path, durationMs, clientAddress, actorId }));
      return;
    }
    log.output.writeBounded(
      pattern.fill([
        this.#time.of(Date.now()),
        trace?.traceId ?? '',
        trace?.spanId ?? '',
        requestId,
        path,
        roundedMsText(request.durationMs),
        clientAddress ?? '',
        actorId ?? '',
      ]),
    );
  }

  #isPlainAddress(address: string): boolean {
    if (address === this.#plainAddress) return true;
    if (!isPlain(address)) return false;
    this.#plainAddress = address;
    return true;
  }
}
