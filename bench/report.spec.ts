import { describe, expect, it } from 'vitest';
import { printReport, reportOn } from './report.ts';
import { SCENARIOS } from './scenarios.ts';
import { BASELINE, CONTROL } from './variants.ts';

const bare = [10, 11, 10, 12, 10, 10];

function measurement(control: number[]) {
  const groups = (): Map<string, number[]>[] => [
    new Map([
      [BASELINE, bare],
      [CONTROL, control],
    ]),
    new Map([
      [BASELINE, bare],
      ['suite', bare.map((value) => value * 1.5)],
    ]),
  ];
  return {
    scenarios: SCENARIOS.map((scenario) => ({ scenario, groups: groups() })),
    turns: { made: 40, quiet: 30 },
    refusals: [],
  };
}

describe('reportOn', () => {
  it('calls a run steady whose control costs what the baseline costs', () => {
    const report = reportOn(measurement(bare.map((value) => value * 1.04)));
    expect(report.controlHalfWidth).toBeCloseTo(0.04);
    expect(report.isSteady).toBe(true);
    expect(printReport(report)).toContain('known to 4.0 %');
  });

  it('calls a run unsteady whose control wanders off in one scenario', () => {
    const run = measurement(bare);
    run.scenarios[2]!.groups[0]!.set(CONTROL, [10, 11, 10, 12, 10, 10.6]);
    const report = reportOn(run);
    expect(report.controlHalfWidth).toBeCloseTo(0.06);
    expect(report.isSteady).toBe(false);
    expect(printReport(report)).toContain('too noisy');
  });

  it('calls a run unsteady in which a scenario has no control', () => {
    const run = measurement(bare);
    run.scenarios[1]!.groups.shift();
    expect(reportOn(run).controlHalfWidth).toBe(Infinity);
  });

  it('names a variant that was refused', () => {
    const refusal = 'suite on Express: 3000 requests left 2999 spans behind';
    const report = reportOn({ ...measurement(bare), refusals: [refusal] });
    expect(printReport(report)).toContain(`REFUSED: ${refusal}`);
  });
});
