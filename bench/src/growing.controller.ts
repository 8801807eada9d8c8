import { Controller, Get } from '@nestjs/common';
import { GrowingBook } from './growing-book.js';

/** What a growing app is told of how it grows. */
export interface Growth {
  /** After how many requests there is one more customer, and with it one more series. */
  requestsPerSeries: number;
  maxSeries: number;
  /** After how many requests something is done that is audited. */
  requestsPerRecord: number;
}

/** Makes a handler that has ever more customers, each with a series of its own, and audits some of its requests. */
export function growingController({ requestsPerSeries, maxSeries, requestsPerRecord }: Growth) {
  @Controller()
  class GrowingController {
    #requests = 0;

    constructor(private readonly book: GrowingBook) {}

    @Get('growth')
    grow(): object {
      const request = this.#requests;
      this.#requests += 1;
      const customers = Math.min(maxSeries, 1 + Math.floor(request / requestsPerSeries));
      this.book.count(`customer-${request % customers}`);
      if (request % requestsPerRecord === 0) this.book.place(request);
      return { grown: true };
    }
  }
  return GrowingController;
}
