import { Injectable } from '@nestjs/common';

/** Authorises what an order costs before it is placed. */
export abstract class Payment {
  /** Resolves once the amount is authorised and throws {@link PaymentUnavailable} when it cannot be. */
  abstract authorise(orderId: string, amountCents: number): Promise<void>;
}

/** Stands in for a payment provider and authorises everything. */
@Injectable()
export class InProcessPayment extends Payment {
  override async authorise(_orderId: string, _amountCents: number): Promise<void> {}
}
