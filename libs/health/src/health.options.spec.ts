import { describe, expect, it } from 'vitest';
import { CheckedApp } from './checked-app.fixture.js';
import { DEFAULT_HEALTH_OPTIONS, completeHealthOptions } from './health.options.js';

const queue = (given: object): object => ({ contributors: [{ name: 'queue', check: () => true, ...given }] });
const IN_QUEUE = 'HealthModule: the check "queue" of health.contributors[0]';

describe('the options of health', () => {
  it('have defaults, for undefined ones too', () => {
    expect(completeHealthOptions({ timeoutMs: undefined })).toEqual(DEFAULT_HEALTH_OPTIONS);
  });

  it.each<[object, string]>([
    [{ timeout: 5 }, 'HealthModule: "timeout" is no option. Use one of basePath, timeoutMs, intervalMs, contributors.'],
    [{ basePath: 'health' }, `HealthModule: basePath is "health". Use a path like '/health'.`],
    [{ basePath: '/a/:b' }, `HealthModule: basePath is "/a/:b". Use a path like '/health'.`],
    [{ timeoutMs: 0 }, 'HealthModule: timeoutMs is 0. Use a whole number of milliseconds from 1 up.'],
    [{ intervalMs: 2 ** 31 }, 'HealthModule: intervalMs is 2147483648. Use a whole number of milliseconds from 1 up.'],
    [{ contributors: {} }, 'HealthModule: contributors is no list.'],
    [queue({ check: 'ping' }), 'HealthModule: health.contributors[0] ("queue") has no check.'],
    [queue({ name: '__proto__' }), 'HealthModule: health.contributors[0] calls a check "__proto__". Use a name'],
    [queue({ name: 'a/b' }), 'HealthModule: health.contributors[0] calls a check "a/b". Use a name'],
    [queue({ name: 'lifecycle' }), 'has a name that is taken. Use another.'],
    [queue({ groups: [] }), `${IN_QUEUE} has the groups []. Use names like ['ready'].`],
    [queue({ groups: ['a b'] }), `${IN_QUEUE} has the groups ["a b"]. Use names like ['ready'].`],
    [queue({ critical: 'no' }), `${IN_QUEUE} has critical "no". Use true or false.`],
    [queue({ timeoutMs: -1 }), `${IN_QUEUE}: timeoutMs is -1. Use a whole number of milliseconds from 1 up.`],
  ])('refuse %j at start', async (options, message) => {
    await expect(CheckedApp.start({ options })).rejects.toThrow(message);
  });
});
