export { ObservabilityTestingModule, observeSignals } from './observability-testing.module.js';
export { ObservedSignals, type ToldOfTrace } from './observed-signals.js';
export { type LogLine } from './recording.js';
