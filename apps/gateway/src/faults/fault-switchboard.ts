import { Injectable, type OnModuleInit } from '@nestjs/common';
import { ManagementEndpoints, type ManagementResponse, problem } from '@crowsnest/observability';
import { FAULT_NAMES, type FaultName, Faults } from './faults.js';

/** Lets operators see and switch faults: `GET /faults` and `PUT /faults/<name>` with `{"enabled": true | false}`. */
@Injectable()
export class FaultSwitchboard implements OnModuleInit {
  constructor(
    private readonly faults: Faults,
    private readonly endpoints: ManagementEndpoints,
  ) {}

  onModuleInit(): void {
    this.endpoints.add({
      method: 'GET',
      path: '/faults',
      handle: () => ({ body: { items: FAULT_NAMES.map((name) => this.stateOf(name)) } }),
    });
    this.endpoints.add({
      method: 'PUT',
      path: '/faults/:name',
      handle: ({ params, body }) => this.switch(params.name, body),
    });
  }

  private switch(name: string | undefined, body: unknown): ManagementResponse {
    const fault = FAULT_NAMES.find((known) => known === name);
    if (!fault) return problem(404, `There is no such fault. Use one of ${FAULT_NAMES.join(', ')}.`);
    const enabled = (body as { enabled?: unknown } | null | undefined)?.enabled;
    if (typeof enabled !== 'boolean') return problem(400, 'Send {"enabled": true} or {"enabled": false}.');
    this.faults.set(fault, enabled);
    return { body: this.stateOf(fault) };
  }

  private stateOf(name: FaultName) {
    return { name, enabled: this.faults.isOn(name) };
  }
}
