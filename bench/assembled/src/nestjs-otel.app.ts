// Before anything that is instrumented.
import './tracing.js';
import type { MakeBenchApp } from './bench-app.js';

/** `nestjs-otel`, for the traces alone. */
export const makeApp: MakeBenchApp = async (order) => (await import('./create-nestjs-otel-app.js')).createApp(order);
