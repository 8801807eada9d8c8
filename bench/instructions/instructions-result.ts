import type { Setting } from '../setting.ts';

/** What one request takes, in instructions of the server process. */
export interface InstructionsResult {
  bare: number;
  suite: number;
  ratio: number;
  requests: number;
  setting: Setting;
}
