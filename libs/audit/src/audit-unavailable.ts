import { ServiceUnavailableException } from '@nestjs/common';

/** The action was refused, or undone, because nobody could write it down; over HTTP an answer of 503. */
export class AuditUnavailable extends ServiceUnavailableException {
  constructor(event: string, cause: unknown) {
    super(`"${event}" cannot be recorded at the moment, so it was not done. Try again later.`, { cause });
  }
}
