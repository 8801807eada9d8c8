import type { Role } from '../signed-token.ts';

/** Somebody with a token; nobody has none. */
export interface Caller {
  user: string;
  role: Role;
}

/** One request and the answer that it is to get. */
export interface Step {
  by?: Caller;
  method: 'GET' | 'POST';
  /** With `:id` where the order's id stands. */
  path: string;
  body?: object;
  status: number;
}

const SKUS = ['lantern', 'rope', 'spyglass', 'compass', 'hammock'];
const UNKNOWN_ORDER = '/api/orders/00000000-0000-4000-8000-000000000000';

/** The people of a demo: many enough that none of them meets the rate limit. */
export interface People {
  customers: readonly Caller[];
  operators: readonly Caller[];
}

export function peopleFor(orders: number): People {
  const people = (name: string, role: Role, count: number) =>
    Array.from({ length: count }, (_, index): Caller => ({ user: `${name}-${index + 1}`, role }));
  return {
    customers: people('customer', 'customer', Math.max(5, Math.ceil(orders / 50))),
    operators: people('operator', 'operator', Math.max(2, Math.ceil(orders / 200))),
  };
}

/** What happens to the order of a number, from its placing on; the same number, the same story. */
export function journeyOf(number: number, { customers, operators }: People): [place: Step, ...then: Step[]] {
  const customer = customers[number % customers.length]!;
  const stranger = customers[(number + 1) % customers.length]!;
  const operator = operators[number % operators.length]!;
  const change = (by: Caller, wish: string, status = 200, body?: object): Step => ({
    by,
    method: 'POST',
    path: `/api/orders/:id/${wish}`,
    body,
    status,
  });
  const place: Step = {
    by: customer,
    method: 'POST',
    path: '/api/orders',
    body: { consumerId: customer.user, items: itemsOf(number) },
    status: 201,
  };
  const read: Step = { by: customer, method: 'GET', path: '/api/orders/:id', status: 200 };
  const endings: Step[][] = [
    [change(operator, 'approve')],
    [change(customer, 'revise', 200, { items: itemsOf(number + 1) }), change(operator, 'approve')],
    [change(customer, 'cancel')],
    [change(operator, 'reject'), change(customer, 'cancel', 409)],
    [{ by: customer, method: 'GET', path: '/api/orders?limit=5', status: 200 }],
  ];
  const denials: Step[] = [
    { ...read, by: stranger, status: 403 },
    { ...read, by: undefined, status: 401 },
    change(customer, 'approve', 403),
    { ...read, path: UNKNOWN_ORDER, status: 404 },
    { ...place, body: { consumerId: customer.user, items: [{ sku: 'rope', quantity: 0, unitPrice: 4 }] }, status: 400 },
  ];
  // Three and five have no common factor: every denial meets every ending.
  const denial = number % 3 === 0 ? [denials[(number / 3) % denials.length]!] : [];
  return [place, read, ...denial, ...endings[number % endings.length]!];
}

function itemsOf(number: number): object[] {
  const count = 1 + (number % 3);
  return Array.from({ length: count }, (_, index) => ({
    sku: SKUS[(number + index) % SKUS.length]!,
    quantity: 1 + ((number + index) % 4),
    unitPrice: 4.5 + 10 * ((number * 7 + index) % 13),
  }));
}
