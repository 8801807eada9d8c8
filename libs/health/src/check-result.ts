import type { CheckStatus } from './health-status.js';

/** What a check found out, before anybody may see it. */
export interface CheckAnswer {
  readonly status: CheckStatus;
  readonly details?: Readonly<Record<string, unknown>>;
}

/** One run of one contributor; nothing in it names a host or a secret. */
export interface CheckResult {
  readonly name: string;
  readonly status: CheckStatus;
  /** Whether the service cannot do its work without it. */
  readonly critical: boolean;
  readonly groups: readonly string[];
  readonly details: Readonly<Record<string, unknown>>;
  readonly durationMs: number;
  readonly checkedAt: Date;
}
