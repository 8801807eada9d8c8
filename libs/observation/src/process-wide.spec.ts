import { describe, expect, it } from 'vitest';
import { Observations } from './observations.js';
import {
  currentApp,
  currentFrame,
  enterFrame,
  Frame,
  holdInProcess,
  joinProcess,
  leaveProcess,
  runInFrame,
} from './process-wide.js';

const app = (name: string) => new Observations({ name, version: '1', environment: 'test', instance: '1' });

describe('what a process has only once', () => {
  it('is installed by the first app and taken down after the last', () => {
    const log: string[] = [];
    const install = () => {
      log.push('installed');
      return () => void log.push('released');
    };
    const [red, blue] = [app('red'), app('blue')];
    holdInProcess(red, 'bell', install);
    holdInProcess(blue, 'bell', install);
    leaveProcess(red);
    expect(log).toEqual(['installed']);
    leaveProcess(blue);
    leaveProcess(blue);
    expect(log).toEqual(['installed', 'released']);
    holdInProcess(red, 'bell', install);
    leaveProcess(red);
    expect(log).toEqual(['installed', 'released', 'installed', 'released']);
  });

  it('is refused with other settings than another app gave it', () => {
    const [red, blue] = [app('red'), app('blue')];
    holdInProcess(red, 'bell', () => () => undefined, { pitch: 'high' });
    expect(() => holdInProcess(blue, 'bell', () => () => undefined, { pitch: 'low' })).toThrow(
      '"bell" exists once in a process and another app set it to {"pitch":"high"}, but "blue" wants {"pitch":"low"}',
    );
    leaveProcess(red);
  });
});

describe('the current app', () => {
  it('is that of the frame, otherwise the oldest one', () => {
    const [red, blue] = [app('red'), app('blue')];
    joinProcess(red);
    joinProcess(blue);
    expect(currentApp()).toBe(red);
    expect(runInFrame(new Frame(blue, undefined, undefined), currentApp)).toBe(blue);
    leaveProcess(red);
    expect(currentApp()).toBe(blue);
    leaveProcess(blue);
    expect(currentApp()).toBeUndefined();
  });

  it('is carried through asynchronous work and can be cut off', async () => {
    const frame = new Frame(app('red'), undefined, undefined);
    await runInFrame(frame, async () => {
      await Promise.resolve();
      expect(currentFrame()).toBe(frame);
      enterFrame(undefined);
      await Promise.resolve();
      expect(currentFrame()).toBeUndefined();
    });
  });
});
