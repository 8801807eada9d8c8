export { type FlushStep, Lifecycle, type LifecycleState } from './lifecycle.js';
export { LIFECYCLE_OPTIONS, type LifecycleOptions } from './lifecycle.options.js';
export { LifecycleModule } from './lifecycle.module.js';
export { installProcessEnd } from './process-end.edge.js';
export { shutDown } from './shutdown.js';
