import { Injectable } from '@nestjs/common';

export const FAULT_NAMES = ['bug', 'log-secret'] as const;

export type FaultName = (typeof FAULT_NAMES)[number];

/** The faults that an operator can switch on to see what the suite makes of them; all are off at start. */
@Injectable()
export class Faults {
  private readonly enabled = new Set<FaultName>();

  isOn(name: FaultName): boolean {
    return this.enabled.has(name);
  }

  set(name: FaultName, enabled: boolean): void {
    if (enabled) this.enabled.add(name);
    else this.enabled.delete(name);
  }
}
