import { AppProcess, type AppToStart } from './app-process.ts';
import { startPostgres, type EmbeddedPostgres } from './embedded-postgres.ts';
import { stopRequest } from './stop-request.ts';

/** What is run, as data: a run of stand-ins differs from a run of the samples in nothing else. */
export interface SampleRun {
  /** A PostgreSQL that is already there; without it one is started here. */
  databaseUrl?: string;
  startDatabase?: () => Promise<EmbeddedPostgres>;
  /** The apps in the order in which they are stopped last. */
  apps: (databaseUrl: string) => AppToStart[];
  /** The text that is printed once everything answers. */
  greeting: (databaseUrl: string) => string;
  say: (line: string) => void;
}

/**
 * Starts database and apps, greets when all are ready, and keeps them running until somebody asks to stop or one of them
 * ends by itself. Everything is stopped when it returns. A second signal kills what is left and ends this process.
 */
export async function runSamples(run: SampleRun): Promise<void> {
  const { say } = run;
  using stop = stopRequest();
  const started: { stopNow(): void }[] = [];
  void stop.again.then(() => {
    for (const each of started.reverse()) each.stopNow();
    process.exit(1);
  });
  await using stack = new AsyncDisposableStack();
  void stop.first.then(() => say('Stopping: apps finish what they have begun. A second signal ends them at once.'));

  let { databaseUrl } = run;
  if (!databaseUrl) {
    const postgres = stack.use(await (run.startDatabase ?? (() => startPostgres({ say })))());
    started.push(postgres);
    databaseUrl = postgres.url;
  }
  if (stop.made) return;

  const apps = run.apps(databaseUrl).map((app) => stack.use(new AppProcess(app)));
  started.push(...apps);
  await Promise.race([stop.first, Promise.all(apps.map((app) => app.untilReady({ say })))]);
  if (stop.made) return;
  say(run.greeting(databaseUrl));

  const died = await Promise.race([stop.first, ...apps.map((app) => app.ended.then(() => app))]);
  // A signal to the whole group can end an app before this process has heard of it.
  if (died && !stop.made)
    throw new Error(`${died.name}: ended by itself with ${await died.ended}. The rest was stopped.`);
}
