export { CircuitBreaker, type CircuitBreakerOptions, type CircuitState } from './circuit-breaker.js';
export { DeliveryQueue } from './delivery-queue.js';
export {
  DEFAULT_DELIVERY_OPTIONS,
  type DeliveryOptions,
  type DeliveryTrouble,
  type Send,
  type SendResult,
} from './delivery.options.js';
export { Ledger, type LedgerSnapshot } from './ledger.js';
export { RetryableError, type RetryableErrorOptions } from './retryable-error.js';
