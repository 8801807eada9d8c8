import { AsyncLocalStorage } from 'node:async_hooks';
import type { Observation } from './observation-handler.js';
import type { Observations } from './observations.js';

/** What one asynchronous flow carries: whose app it belongs to, what is being observed, and OpenTelemetry's context. */
export class Frame {
  constructor(
    readonly app: Observations | undefined,
    readonly observation: Observation | undefined,
    readonly context: unknown,
    /** The suite's own traffic, which nobody observes. */
    readonly suppressed = false,
  ) {}
}

/** Something installed once in a process: either the function that takes it down, or an object that has one. */
export type Installed = (() => void) | { release(): void };

interface Held {
  readonly holders: Set<Observations>;
  readonly settings: string;
  readonly installed: Installed;
}

/**
 * All that a process has only one of, in this one place: the storage of the current frame, the list of apps, and what
 * is installed once for all of them. It lives on `globalThis`, so that two copies of the package share one context.
 */
class ProcessWide {
  readonly flow = new AsyncLocalStorage<Frame | undefined>();
  readonly apps: Observations[] = [];
  readonly held = new Map<string, Held>();
  readonly appOfInstance = new WeakMap<object, Observations>();
}

const KEY = Symbol.for('@crowsnest/observability/process-wide/1');
const shared = ((globalThis as Record<symbol, unknown>)[KEY] ??= new ProcessWide()) as ProcessWide;

/** The frame of the running asynchronous flow, if any edge entered one. */
export function currentFrame(): Frame | undefined {
  return shared.flow.getStore();
}

/** The observation that the running code is part of, if any. */
export function currentObservation(): Observation | undefined {
  return shared.flow.getStore()?.observation;
}

/** The app that the running code belongs to: that of its frame, otherwise the oldest one in the process. */
export function currentApp(): Observations | undefined {
  return shared.flow.getStore()?.app ?? shared.apps[0];
}

/** Makes a frame the current one for the rest of this asynchronous flow; `undefined` cuts off what came before. */
export function enterFrame(frame: Frame | undefined): void {
  shared.flow.enterWith(frame);
}

/** Runs work inside a frame. */
export function runInFrame<T>(frame: Frame | undefined, work: () => T): T {
  return shared.flow.run(frame, work);
}

/** All apps of the process, the oldest first. */
export function appsInProcess(): readonly Observations[] {
  return [...shared.apps];
}

/** Counts an app in. */
export function joinProcess(app: Observations): void {
  if (!shared.apps.includes(app)) shared.apps.push(app);
}

/** Counts an app out and takes down what only it still needed. */
export function leaveProcess(app: Observations): void {
  const index = shared.apps.indexOf(app);
  if (index >= 0) shared.apps.splice(index, 1);
  for (const name of shared.held.keys()) letGo(app, name);
}

/**
 * Installs something that a process can have only once, for as long as any app holds it, and gives what is installed.
 * A second app that asks for the same thing with other settings is refused.
 */
export function holdInProcess<T extends Installed>(
  app: Observations,
  name: string,
  install: () => T,
  settings: unknown = {},
): T {
  const wanted = JSON.stringify(settings);
  let held = shared.held.get(name);
  if (held === undefined) {
    held = { holders: new Set(), settings: wanted, installed: install() };
    shared.held.set(name, held);
  } else if (held.settings !== wanted) {
    throw new Error(
      `Observability: "${name}" exists once in a process and another app set it to ${held.settings}, ` +
        `but "${app.service.name}" wants ${wanted}. Give both apps the same options.`,
    );
  }
  held.holders.add(app);
  return held.installed as T;
}

function letGo(app: Observations, name: string): void {
  const held = shared.held.get(name);
  if (held === undefined || !held.holders.delete(app) || held.holders.size > 0) return;
  shared.held.delete(name);
  if (typeof held.installed === 'function') held.installed();
  else held.installed.release();
}

/** Remembers which app an instance belongs to, so that its decorators report there. */
export function claimInstance(instance: object, app: Observations): void {
  shared.appOfInstance.set(instance, app);
}

/** The app whose container made this instance, otherwise the app of the running code; no app means a plain call. */
export function appOfInstance(instance: unknown): Observations | undefined {
  const known = isObject(instance) ? shared.appOfInstance.get(instance) : undefined;
  return known ?? shared.flow.getStore()?.app;
}

function isObject(value: unknown): value is object {
  return (typeof value === 'object' && value !== null) || typeof value === 'function';
}
