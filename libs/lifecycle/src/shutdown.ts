import { setTimeout as sleep } from 'node:timers/promises';
import { type INestApplicationContext, Logger } from '@nestjs/common';
import { HttpServerEdge } from '#observation';
import { Lifecycle } from './lifecycle.js';

/** How long users' own shutdown hooks may take on top of draining and flushing. */
const CLOSE_MS = 10_000;

/**
 * Stops an app in order: readiness says no, requests in flight get their answers, then Nest closes. Nest's own
 * shutdown hooks would run users' `onModuleDestroy`, which closes databases, while requests are still open.
 */
export async function shutDown(app: INestApplicationContext, signal?: string): Promise<void> {
  const lifecycle = app.get(Lifecycle);
  const edge = app.get(HttpServerEdge);
  const { preStopMs, drainMs, flushMs } = lifecycle.options;
  lifecycle.advance('draining');
  edge.drain();
  await sleep(preStopMs);
  if (!(await edge.drained(drainMs))) {
    new Logger('Lifecycle').warn(
      `${edge.open.size} requests are still open after ${drainMs} ms; the app closes without them`,
    );
  }
  const limitMs = 2 * flushMs + CLOSE_MS;
  const late = sleep(limitMs, undefined, { ref: false }).then(() => {
    throw new Error(`The app did not close within ${limitMs} ms. Look for a shutdown hook that waits for ever.`);
  });
  await Promise.race([(app as { close(signal?: string): Promise<void> }).close(signal), late]);
}
