import { createHash } from 'node:crypto';
import type { MakeBenchApp } from './bench-app.js';
import { makeApp as makeSuiteApp } from './suite.app.js';

const BURDEN = Buffer.alloc(64 * 1024);

/** The suite with work that nobody asked for on every request: what a check of the cost must notice. */
export const makeApp: MakeBenchApp = async (order) => {
  const made = await makeSuiteApp(order);
  made.app.use((_request: unknown, _response: unknown, next: () => void) => {
    createHash('sha256').update(BURDEN).digest();
    next();
  });
  return made;
};
