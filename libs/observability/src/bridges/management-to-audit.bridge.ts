import { Injectable, type OnModuleInit } from '@nestjs/common';
import { type AuditOutcome, AuditTrail } from '#audit';
import { ManagementEndpoints, type ManagementWrite } from '#management';
import { Observations } from '#observation';

/** Anybody who reaches the port can be refused, and must not fill the audit log with it. */
const REFUSAL_PAUSE_MS = 60_000;

/** Records what operators change through their pages, the level of a logger or the state of an issue, and who was refused. */
@Injectable()
export class ManagementToAuditBridge implements OnModuleInit {
  #refusalRecordedAt = -REFUSAL_PAUSE_MS;
  #refusalsSince = 0;

  constructor(
    private readonly endpoints: ManagementEndpoints,
    private readonly trail: AuditTrail,
    private readonly observations: Observations,
  ) {}

  onModuleInit(): void {
    this.endpoints.onWrite((write) => {
      const outcome = outcomeOf(write.status);
      if (outcome === 'denied' && !this.#isDue()) return;
      this.#record(write, outcome).catch((error: unknown) => this.observations.internalErrors.record('audit', error));
    });
  }

  /** Whether a refusal gets a record of its own; the next one that does counts those that did not. */
  #isDue(): boolean {
    const now = performance.now();
    if (now - this.#refusalRecordedAt < REFUSAL_PAUSE_MS) {
      this.#refusalsSince += 1;
      return false;
    }
    this.#refusalRecordedAt = now;
    return true;
  }

  async #record(write: ManagementWrite, outcome: AuditOutcome): Promise<void> {
    const { method, path, body, status, callerAddress = 'unknown address' } = write;
    const earlier = outcome === 'denied' ? this.#refusalsSince : 0;
    if (outcome === 'denied') this.#refusalsSince = 0;
    await this.trail.record({
      action: `management.${method.toLowerCase()}`,
      outcome,
      // The token is one for all operators, so nobody knows more of who it was than where from.
      actor: { id: `operator@${callerAddress}`, type: 'user' },
      target: { type: 'management.page', id: path },
      change: body === undefined ? undefined : { before: {}, after: body },
      reason: status < 400 ? undefined : `answered ${status}`,
      comment: earlier > 0 ? `${earlier} more were refused since the record before` : undefined,
      // What was changed has its record even when the queue of all others is full.
      mode: outcome === 'denied' ? 'async' : 'strict',
    });
  }
}

function outcomeOf(status: number): AuditOutcome {
  if (status < 400) return 'success';
  return status === 401 || status === 403 || status === 421 ? 'denied' : 'failure';
}
