import { describe, expect, it } from 'vitest';
import { CircuitBreaker } from './circuit-breaker.js';

function breakerAt(clock: { ms: number }): CircuitBreaker {
  return new CircuitBreaker({ failureThreshold: 3, probeAfterMs: 100, now: () => clock.ms });
}

function fail(breaker: CircuitBreaker, times: number): void {
  for (let time = 0; time < times; time += 1) breaker.failed();
}

describe('CircuitBreaker', () => {
  it('opens after failures in a row, not after as many with a success between', () => {
    const breaker = breakerAt({ ms: 0 });
    fail(breaker, 2);
    breaker.succeeded();
    fail(breaker, 2);
    expect([breaker.state, breaker.tryAcquire()]).toEqual(['closed', true]);
    breaker.failed();
    expect([breaker.state, breaker.tryAcquire()]).toEqual(['open', false]);
  });

  it('lets a single probe through when its time has come', () => {
    const clock = { ms: 0 };
    const breaker = breakerAt(clock);
    fail(breaker, 3);
    clock.ms = 99;
    expect([breaker.waitMs, breaker.tryAcquire()]).toEqual([1, false]);
    clock.ms = 100;
    expect([breaker.waitMs, breaker.tryAcquire(), breaker.tryAcquire()]).toEqual([0, true, false]);
    expect(breaker.state).toBe('half_open');
  });

  it('closes when the probe succeeds and opens again when it fails', () => {
    const clock = { ms: 0 };
    const breaker = breakerAt(clock);
    fail(breaker, 3);
    clock.ms = 100;
    breaker.tryAcquire();
    breaker.failed();
    expect([breaker.state, breaker.waitMs]).toEqual(['open', 100]);
    clock.ms = 200;
    breaker.tryAcquire();
    breaker.succeeded();
    expect([breaker.state, breaker.tryAcquire()]).toEqual(['closed', true]);
    fail(breaker, 2);
    expect(breaker.state).toBe('closed');
  });
});
