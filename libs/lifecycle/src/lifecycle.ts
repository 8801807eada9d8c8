import { Logger } from '@nestjs/common';
import { type LifecycleOptions, resolveLifecycleOptions } from './lifecycle.options.js';

const STATES = ['starting', 'started', 'ready', 'draining', 'stopped'] as const;
export type LifecycleState = (typeof STATES)[number];

/** What is written out first: what tells of the work, then the log that may still tell of the writing. */
export const FLUSH_STEPS = ['signals', 'logs'] as const;
export type FlushStep = (typeof FLUSH_STEPS)[number];

type CrashWork = (error: unknown, deadlineMs: number) => Promise<void> | void;

interface Flush {
  readonly step: FlushStep;
  readonly name: string;
  readonly work: (deadlineMs: number) => Promise<void> | void;
}

/** Where one app stands between start and stop, and what has to be written out before it is gone. */
export class Lifecycle {
  #state: LifecycleState = 'starting';
  readonly options: Required<LifecycleOptions>;
  readonly #flushes: Flush[] = [];
  readonly #crashes: { readonly name: string; readonly work: CrashWork }[] = [];
  #waiting: { readonly state: LifecycleState; readonly work: () => void }[] = [];
  readonly #logger = new Logger('Lifecycle');

  constructor(options: LifecycleOptions = {}) {
    this.options = resolveLifecycleOptions(options);
  }

  get state(): LifecycleState {
    return this.#state;
  }

  /** Moves on to a later state; an earlier one is never gone back to. */
  advance(state: LifecycleState): void {
    if (this.#hasReached(state)) return;
    this.#state = state;
    const due = this.#waiting.filter((one) => this.#hasReached(one.state));
    this.#waiting = this.#waiting.filter((one) => !due.includes(one));
    for (const { work } of due) work();
  }

  /** Does something once the app is in a state, or beyond it; at once when it is already. */
  when(state: LifecycleState, work: () => void): void {
    if (this.#hasReached(state)) work();
    else this.#waiting.push({ state, work });
  }

  /** Has something written out when the app stops, after the last request and before the process ends. */
  onFlush(step: FlushStep, name: string, work: Flush['work']): void {
    this.#flushes.push({ step, name, work });
  }

  /** Writes everything out, step by step, each within the deadline; a failure is logged and stops nothing. */
  async flush(deadlineMs = this.options.flushMs): Promise<void> {
    for (const step of FLUSH_STEPS) {
      const flushes = this.#flushes.filter((flush) => flush.step === step);
      await Promise.all(flushes.map(({ name, work }) => this.#run(name, work, deadlineMs)));
    }
  }

  /** Has an exception that nobody caught told of before everything is written out and the process ends. */
  onCrash(name: string, work: CrashWork): void {
    this.#crashes.push({ name, work });
  }

  /** Tells of the exception that ends the process, within the deadline; a failure is logged and stops nothing. */
  async crash(error: unknown, deadlineMs: number): Promise<void> {
    await Promise.all(
      this.#crashes.map(({ name, work }) => this.#run(name, (withinMs) => work(error, withinMs), deadlineMs)),
    );
  }

  async #run(name: string, work: Flush['work'], deadlineMs: number): Promise<void> {
    let timer: NodeJS.Timeout | undefined;
    const late = new Promise<never>((_, reject) => {
      timer = setTimeout(() => reject(new Error(`it took longer than ${deadlineMs} ms`)), deadlineMs);
    });
    try {
      await Promise.race([work(deadlineMs), late]);
    } catch (error) {
      this.#logger.warn({ err: error }, `${name} could not write everything out before the stop`);
    } finally {
      clearTimeout(timer);
    }
  }

  #hasReached(state: LifecycleState): boolean {
    return STATES.indexOf(this.#state) >= STATES.indexOf(state);
  }
}
