import { type CheckAnswer, HealthContributor, HttpIndicator } from '@crowsnest/observability/health';

/**
 * Whether the order service wants requests. The gateway stays ready when it does not: it has an answer for that, and
 * nobody would be there to give it.
 */
export class OrderServiceHealth {
  private readonly orderService: HttpIndicator;

  constructor(orderUrl: string) {
    this.orderService = new HttpIndicator('order', new URL('/health/ready', orderUrl));
  }

  @HealthContributor('order', { critical: false })
  ask(signal: AbortSignal): Promise<CheckAnswer> {
    return this.orderService.check(signal);
  }
}
