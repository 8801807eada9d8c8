import { describe, expect, it } from 'vitest';
import { printReport } from './report.ts';
import { BASELINE, CONTROL } from './variants.ts';

const bare = { name: BASELINE, microseconds: 30, median: 1, low: 1, high: 1 };
const scenario = (name: string, control: number) => ({
  name,
  variants: [bare, { ...bare, name: CONTROL, median: control }],
});
const measurement = (...controls: number[]) => ({
  scenarios: controls.map((control, index) => scenario(`scenario ${index}`, control)),
  heats: { Express: 5, Fastify: 7 },
  refusals: [],
});

describe('printReport', () => {
  it('shows every scenario, and how far bare Nest is off from itself where that is most', () => {
    const report = printReport(measurement(1.02, 1.04));
    expect(report).toContain('scenario 0');
    expect(report).toContain('scenario 1');
    expect(report).toContain('Heats: 5 on Express, 7 on Fastify');
    expect(report).toMatch(/known to 4\.0 % \(at most 5 % are allowed\)$/);
  });

  it('says that a machine was too noisy', () => {
    expect(printReport(measurement(1.02, 1.06))).toMatch(/known to 6\.0 % .*: too noisy to tell anything$/);
  });

  it('names a variant that was refused', () => {
    const refusal = 'suite on Express: 3000 requests left 2999 spans behind';
    expect(printReport({ ...measurement(1), refusals: [refusal] })).toContain(`REFUSED: ${refusal}`);
  });
});
