import 'reflect-metadata';
import { BadRequestException } from '@nestjs/common';
import { describe, expect, it } from 'vitest';
import { InputValidationPipe } from './input-validation.pipe.js';
import { PlaceOrderDto } from './orders/place-order.dto.js';

const ITEM = { sku: 'garlic-naan', quantity: 2, unitPrice: 2.99 };

function validate(body: unknown): Promise<unknown> {
  return new InputValidationPipe().transform(body, { type: 'body', metatype: PlaceOrderDto });
}

describe('InputValidationPipe', () => {
  it('makes an instance of the class that is asked for', async () => {
    await expect(validate({ consumerId: 'ada', items: [ITEM] })).resolves.toBeInstanceOf(PlaceOrderDto);
  });

  it.each([
    ['an unknown field', { consumerId: 'ada', items: [ITEM], status: 'APPROVED' }],
    ['a field named constructor', { consumerId: 'ada', items: [ITEM], constructor: 1 }],
    [
      'a field named __proto__',
      JSON.parse('{"consumerId":"ada","items":[{"sku":"a","quantity":1,"unitPrice":1}],"__proto__":{}}') as unknown,
    ],
    ['an unknown field of an item', { consumerId: 'ada', items: [{ ...ITEM, discount: 1 }] }],
    ['a list in place of an item', { consumerId: 'ada', items: [[]] }],
    ['nothing in place of an item', { consumerId: 'ada', items: [null] }],
    ['a quantity in a string', { consumerId: 'ada', items: [{ ...ITEM, quantity: '2' }] }],
    ['a price in thousandths', { consumerId: 'ada', items: [{ ...ITEM, unitPrice: 0.001 }] }],
    ['a price with an exponent', { consumerId: 'ada', items: [{ ...ITEM, unitPrice: 1e-7 }] }],
    ['101 items', { consumerId: 'ada', items: Array.from({ length: 101 }, () => ITEM) }],
    ['a control character', { consumerId: 'a\u0000da', items: [ITEM] }],
    ['no body', undefined],
  ])('refuses %s', async (_, body) => {
    await expect(validate(body)).rejects.toThrow(BadRequestException);
  });

  it('refuses a body that is nested so deeply that recursion would fail', async () => {
    const items: unknown = JSON.parse('['.repeat(40_000) + ']'.repeat(40_000));
    await expect(validate({ consumerId: 'ada', items })).rejects.toThrow('The request is nested too deeply.');
  });
});
