import { Inject, Injectable, type OnModuleInit } from '@nestjs/common';
import { Lifecycle } from '#lifecycle';
import { ManagementEndpoints } from '#management';
import { Observations } from '#observation';
import type { AuditLog } from './audit-log.js';
import { AuditTrail } from './audit-trail.js';
import { auditEndpoints } from './audit.endpoint.js';
import { AuditHandler } from './audit.handler.js';
import { AUDITED_ASPECT } from './audited.decorator.js';

export const AUDIT_LOG = Symbol('AUDIT_LOG');

/** Leaves the rest of the shutdown some time: who takes all of it is reported as late. */
const SHARE_OF_DEADLINE = 0.9;

/** Begins to record when the app starts, shows the records, and writes the last of them when the app stops. */
@Injectable()
export class AuditEdge implements OnModuleInit {
  constructor(
    @Inject(AUDIT_LOG) private readonly log: AuditLog | undefined,
    private readonly trail: AuditTrail,
    private readonly observations: Observations,
    private readonly endpoints: ManagementEndpoints,
    private readonly lifecycle: Lifecycle,
  ) {}

  async onModuleInit(): Promise<void> {
    const { log, trail, observations } = this;
    if (log === undefined) return;
    observations.register(new AuditHandler({ ...log, trail }));
    for (const endpoint of auditEndpoints(trail)) this.endpoints.add(endpoint);
    this.lifecycle.onFlush('signals', 'audit', (deadlineMs) => log.writer.close(deadlineMs * SHARE_OF_DEADLINE));
    // What has to be recorded and cannot be is found now, and not by the first customer.
    if (observations.methods.some(({ method }) => method.aspects.has(AUDITED_ASPECT))) await log.writer.store();
  }
}
