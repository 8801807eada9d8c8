import { ServiceUnavailableException } from '@nestjs/common';

/** The amount of an order could not be authorised, so the order was not placed. */
export class PaymentUnavailable extends ServiceUnavailableException {
  constructor(options?: ErrorOptions) {
    super(
      {
        type: '/problems/payment',
        title: 'Payment unavailable',
        detail: 'The amount could not be authorised. The order was not placed; try again later.',
      },
      options,
    );
  }
}
