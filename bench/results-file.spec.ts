import { join } from 'node:path';
import { expect, it } from 'vitest';
import { temporaryDirectory } from '../tools/temporary-directory.ts';
import { readResults, writeResults } from './results-file.ts';

it('replaces what was measured again, leaves the rest, and rounds to what can be told', async () => {
  await using directory = temporaryDirectory();
  const path = join(directory.path, 'results.json');
  writeResults({ verdict: 'failed', seed: 1, requestsPerTurn: 8.0123456 }, path);
  writeResults({ verdict: 'passed', scenarios: [] }, path);
  expect(readResults(path)).toEqual({ verdict: 'passed', seed: 1, requestsPerTurn: 8.012, scenarios: [] });
});

it('says how to get results where there are none', () => {
  expect(() => readResults('/nowhere/results.json')).toThrow('Run "npm run bench"');
});
