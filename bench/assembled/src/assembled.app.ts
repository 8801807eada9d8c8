// Before anything that is instrumented.
import './instrument.js';
import type { MakeBenchApp } from './bench-app.js';

/** The features of the suite from public packages. */
export const makeApp: MakeBenchApp = async (order) => (await import('./create-assembled-app.js')).createApp(order);
