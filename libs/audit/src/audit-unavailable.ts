import { ServiceUnavailableException } from '@nestjs/common';

/** Whether an action is known to have been undone, or may have taken effect before its record failed. */
export type Effect = 'undone' | 'possible';

const WAYS_OUT: Record<Effect, string> = {
  undone: 'so it was not done. Try again later.',
  possible: 'but it may have been done. Check that before you repeat it.',
};

/** Nobody could write the action down; over HTTP an answer of 503. */
export class AuditUnavailable extends ServiceUnavailableException {
  constructor(event: string, effect: Effect, cause: unknown) {
    super(`"${event}" cannot be recorded at the moment, ${WAYS_OUT[effect]}`, { cause });
  }
}
