import { Injectable, type OnModuleInit } from '@nestjs/common';
import { type AuditOutcome, AuditTrail } from '#audit';
import { ManagementEndpoints, type ManagementWrite } from '#management';
import { Observations } from '#observation';

/** Records what operators change through their pages, the level of a logger or the state of an issue, and who was refused. */
@Injectable()
export class ManagementToAuditBridge implements OnModuleInit {
  constructor(
    private readonly endpoints: ManagementEndpoints,
    private readonly trail: AuditTrail,
    private readonly observations: Observations,
  ) {}

  onModuleInit(): void {
    this.endpoints.onWrite((write) => {
      this.#record(write).catch((error: unknown) => this.observations.internalErrors.record('audit', error));
    });
  }

  async #record({ method, path, body, status, callerAddress = 'unknown address' }: ManagementWrite): Promise<void> {
    await this.trail.record({
      action: `management.${method.toLowerCase()}`,
      outcome: outcomeOf(status),
      // The token is one for all operators, so nobody knows more of who it was than where from.
      actor: { id: `operator@${callerAddress}`, type: 'user' },
      target: { type: 'management.page', id: path },
      change: body === undefined ? undefined : { before: {}, after: body },
      reason: status < 400 ? undefined : `answered ${status}`,
    });
  }
}

function outcomeOf(status: number): AuditOutcome {
  if (status < 400) return 'success';
  return status === 401 || status === 403 || status === 421 ? 'denied' : 'failure';
}
