const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

/** Somebody's wish that this process stops: a signal, or the end of the process that started it. */
export interface StopRequest extends Disposable {
  /** Whether it was made. */
  readonly made: boolean;
  /** Resolves when it is made. */
  readonly first: Promise<void>;
  /** Resolves when a second signal says that it is not going quickly enough. */
  readonly again: Promise<void>;
}

/** Listens for the wish to stop. */
export function stopRequest(): StopRequest {
  // A Ctrl-C arrives twice, from the terminal and from npm: what follows within a second is the same one.
  const sameSignalMs = 1_000;
  const [first, makeFirst] = occasion();
  const [again, makeAgain] = occasion();
  let madeAt: number | undefined;
  const onSignal = () => {
    if (madeAt !== undefined && Date.now() - madeAt > sameSignalMs) makeAgain();
    madeAt ??= Date.now();
    makeFirst();
  };
  for (const signal of signals) process.on(signal, onSignal);

  // A SIGTERM to the shell that npm runs a script in ends the shell alone; what it started only sees a new parent.
  const parent = process.ppid;
  const orphanWatch = setInterval(() => {
    if (process.ppid !== parent && madeAt === undefined) onSignal();
  }, 1_000);
  orphanWatch.unref();

  return {
    get made() {
      return madeAt !== undefined;
    },
    first,
    again,
    [Symbol.dispose]() {
      clearInterval(orphanWatch);
      for (const signal of signals) process.off(signal, onSignal);
    },
  };
}

function occasion(): [Promise<void>, () => void] {
  let make: () => void = () => undefined;
  const promise = new Promise<void>((resolve) => (make = resolve));
  return [promise, make];
}
