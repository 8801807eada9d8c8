/** What alice orders on a Friday. */
export const LAST_PIZZA_ORDER = {
  consumerId: 'alice',
  items: [
    { sku: 'PIZZA-MARGHERITA', quantity: 2, unitPrice: 9.5 },
    { sku: 'TIRAMISU', quantity: 1, unitPrice: 5.25 },
  ],
};
