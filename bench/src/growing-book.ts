/** What a growing app does for each request; the suite watches a subclass. */
export class GrowingBook {
  count(customer: string): number {
    return customer.length;
  }

  place(order: number): number {
    return order;
  }
}
