import type { INestApplicationContext } from '@nestjs/common';
import { holdInProcess, Observations } from '#observation';
import { Lifecycle } from './lifecycle.js';
import { ProcessEnd } from './process-end.js';
import { shutDown } from './shutdown.js';

/** Has the process end in order with this app in it: on signals, and after an exception that nobody caught. */
export function installProcessEnd(app: INestApplicationContext): void {
  const end = holdInProcess(app.get(Observations), 'process-end', () => new ProcessEnd());
  const lifecycle = app.get(Lifecycle);
  end.add({ lifecycle, stop: (signal) => shutDown(app, signal) });
  lifecycle.when('ready', () => end.warnAboutOthers());
  lifecycle.when('stopped', () => end.remove(lifecycle));
}
