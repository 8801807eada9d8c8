import { Injectable, Logger, type OnModuleInit } from '@nestjs/common';
import { MetricRegistry } from '@crowsnest/observability';
import { PaymentUnavailable } from '../orders/errors/payment-unavailable.error.js';
import { InProcessPayment } from '../orders/payment.js';
import { Faults } from './faults.js';

const SECRETS = {
  password: 'correct horse battery staple',
  headers: { authorization: 'Bearer eyJhbGciOiJFZERTQSJ9.eyJzdWIiOiJhZGEifQ.c2lnbmF0dXJl' },
  card: '4111 1111 1111 1111',
};

/** The payment of the sample, made to fail, to log secrets or to leak series when a fault asks for it. */
@Injectable()
export class PaymentWithFaults extends InProcessPayment implements OnModuleInit {
  private readonly logger = new Logger('Payment');
  private countOrder: (orderId: string) => void = () => {};

  constructor(
    private readonly faults: Faults,
    private readonly registry: MetricRegistry,
  ) {
    super();
  }

  onModuleInit(): void {
    const leak = this.registry.counter({
      name: 'leaked_orders',
      description: 'A label value for each order, as nobody ought to have: the fault "leak-series".',
      labels: ['order'],
    });
    this.countOrder = (order) => leak.inc({ order });
  }

  override async authorise(orderId: string, amountCents: number): Promise<void> {
    if (this.faults.isOn('log-secret')) this.logger.log({ msg: 'authorising a payment', orderId, ...SECRETS });
    if (this.faults.isOn('leak-series')) this.countOrder(orderId);
    if (this.faults.isOn('payment-down')) {
      throw new PaymentUnavailable({ cause: new Error('The fault "payment-down" is on.') });
    }
    await super.authorise(orderId, amountCents);
  }
}
