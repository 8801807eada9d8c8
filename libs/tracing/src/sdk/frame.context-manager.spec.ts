import { EventEmitter } from 'node:events';
import { createContextKey, ROOT_CONTEXT } from '@opentelemetry/api';
import { isTracingSuppressed, suppressTracing } from '@opentelemetry/core';
import { describe, expect, it } from 'vitest';
import { currentFrame, Frame, type Observation, Observations, runInFrame } from '#observation';
import { FrameContextManager } from './frame.context-manager.js';

const KEY = createContextKey('spec');
const manager = new FrameContextManager();
const app = new Observations({ name: 'order', version: '1', environment: 'test', instance: 'one' });
const observation = { kind: 'method' } as Observation;
const context = ROOT_CONTEXT.setValue(KEY, 'value');
const here = new Frame(app, observation, ROOT_CONTEXT);

const valueHere = (): unknown => manager.active().getValue(KEY);

describe('FrameContextManager', () => {
  it('keeps app and observation while the context changes, and is back after', () => {
    runInFrame(here, () => {
      const seen = manager.with(context, () => [valueHere(), currentFrame()?.app, currentFrame()?.observation]);
      expect(seen).toEqual(['value', app, observation]);
      expect(valueHere()).toBe(undefined);
      expect(manager.with(ROOT_CONTEXT, () => currentFrame()?.observation)).toBe(observation);
    });
    expect(manager.active()).toBe(ROOT_CONTEXT);
  });

  it('hands on `this`, arguments and the result', () => {
    const target = { factor: 3 };
    const work = function (this: typeof target, one: number, two: number): number {
      return this.factor * one + two;
    };
    expect(manager.with(context, work as never, target as never, 5, 2)).toBe(17);
  });

  it('binds functions, which keep their length', async () => {
    const bound = manager.bind(context, (_one: number, _two: number) => valueHere());
    expect([bound.length, bound(1, 2)]).toEqual([2, 'value']);
    expect(await new Promise((resolve) => setTimeout(() => resolve(bound(1, 2)), 1))).toBe('value');
  });

  it('binds emitters, whose listeners can still be removed', () => {
    const emitter = manager.bind(context, new EventEmitter());
    const seen: unknown[] = [];
    const listener = (): unknown => seen.push(valueHere());
    emitter.on('order', listener);
    emitter.once('order', () => seen.push(valueHere()));
    emitter.emit('order');
    emitter.removeListener('order', listener);
    emitter.emit('order');
    expect(seen).toEqual(['value', 'value']);
  });

  it('knows suppressed work in both directions', () => {
    expect(manager.with(suppressTracing(ROOT_CONTEXT), () => currentFrame()?.suppressed)).toBe(true);
    const own = new Frame(app, undefined, undefined, true);
    expect(runInFrame(own, () => isTracingSuppressed(manager.active()))).toBe(true);
    expect(isTracingSuppressed(manager.active())).toBe(false);
  });
});
