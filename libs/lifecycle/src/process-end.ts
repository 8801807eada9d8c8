import { Logger } from '@nestjs/common';
import { FLUSH_STEPS, type Lifecycle } from './lifecycle.js';

const SIGNALS = ['SIGTERM', 'SIGINT'] as const;
/** From the exception to the end, with some slack below 3 s: a supervisor that waits restarts nothing. */
const CRASH_MS = 2_800;
const CRASH_TELL_MS = 2_000;

/** One app as the end of the process sees it. */
export interface EndingApp {
  readonly lifecycle: Lifecycle;
  stop(signal: string): Promise<void>;
}

/**
 * The one place of a process that decides how it ends. A signal stops all apps in order and exits 0; a second signal
 * exits 1 at once. An exception that nobody caught is logged, told of, written out and exits 1: two libraries that each
 * wait for the other to exit would leave a broken process running.
 */
export class ProcessEnd {
  readonly #apps = new Map<Lifecycle, EndingApp>();
  readonly #logger = new Logger('Lifecycle');
  #ending = false;

  constructor() {
    for (const signal of SIGNALS) process.on(signal, this.#onSignal);
    process.on('uncaughtException', this.#onCrash);
    process.on('unhandledRejection', this.#onCrash);
  }

  /** Takes an app in; one that is added twice is stopped once. */
  add(app: EndingApp): void {
    this.#apps.set(app.lifecycle, app);
  }

  /** Forgets an app that has stopped by itself. */
  remove(lifecycle: Lifecycle): void {
    this.#apps.delete(lifecycle);
  }

  /** Says so when somebody else acts on the same signals, whoever was first. */
  warnAboutOthers(): void {
    const others = SIGNALS.filter((signal) => process.listenerCount(signal) > 1);
    if (others.length === 0) return;
    this.#logger.warn(
      `Somebody else listens to ${others.join(' and ')}, enableShutdownHooks() perhaps: it closes databases under ` +
        'open requests. Remove it; installObservability() stops the app in order.',
    );
  }

  release(): void {
    // While the process ends its listeners stay: without them a second signal would kill it half-written.
    if (this.#ending) return;
    for (const signal of SIGNALS) process.off(signal, this.#onSignal);
    process.off('uncaughtException', this.#onCrash);
    process.off('unhandledRejection', this.#onCrash);
  }

  readonly #onSignal = (signal: NodeJS.Signals): void => {
    if (this.#ending) process.exit(1);
    this.#ending = true;
    this.#logger.log(`${signal} received, stopping`);
    const stops = [...this.#apps.values()].map((app) => app.stop(signal));
    void Promise.allSettled(stops).then((results) => {
      const failures = results.filter((result) => result.status === 'rejected');
      for (const { reason } of failures) this.#logger.error(reason);
      process.exit(failures.length > 0 ? 1 : 0);
    });
  };

  readonly #onCrash = (error: unknown): void => {
    // What goes wrong while ending must not start another end.
    if (this.#ending) return;
    this.#ending = true;
    this.#logger.fatal(error, 'an exception that nobody caught ends the process');
    void this.#writeOut(error).finally(() => process.exit(1));
  };

  async #writeOut(error: unknown): Promise<void> {
    const startMark = performance.now();
    const lifecycles = [...this.#apps.keys()];
    await Promise.allSettled(lifecycles.map((lifecycle) => lifecycle.crash(error, CRASH_TELL_MS)));
    const leftMs = CRASH_MS - (performance.now() - startMark);
    const stepMs = Math.max(leftMs, 0) / FLUSH_STEPS.length;
    await Promise.allSettled(lifecycles.map((lifecycle) => lifecycle.flush(stepMs)));
  }
}
