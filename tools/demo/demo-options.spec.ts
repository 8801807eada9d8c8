import { expect, it } from 'vitest';
import { readDemoOptions } from './demo-options.ts';

it('finds the samples where npm start puts them', () => {
  expect(readDemoOptions([], {})).toEqual({
    orders: 60,
    gateway: 'http://127.0.0.1:3000',
    gatewayManagement: 'http://127.0.0.1:9700',
    orderManagement: 'http://127.0.0.1:9701',
  });
});

it('follows the variables that move the samples', () => {
  const env = { GATEWAY_PORT: '4000', GATEWAY_MANAGEMENT_PORT: '4001', ORDER_MANAGEMENT_PORT: '4002' };
  expect(readDemoOptions(['--orders', '5'], env)).toEqual({
    orders: 5,
    gateway: 'http://127.0.0.1:4000',
    gatewayManagement: 'http://127.0.0.1:4001',
    orderManagement: 'http://127.0.0.1:4002',
  });
});

it('looks for the operators pages on the host of the gateway that it is told', () => {
  expect(readDemoOptions(['--gateway', 'http://samples.test:8080/'], {})).toMatchObject({
    gateway: 'http://samples.test:8080',
    gatewayManagement: 'http://samples.test:9700',
  });
});

it.each([
  [['--orders', '0'], '--orders "0" is not a number from 1 to 100000'],
  [['--orders', '1e3'], '--orders "1e3" is not a number'],
  [['--gateway', 'gateway'], '--gateway "gateway" is not an http URL'],
  [['--gateway', 'ftp://gateway'], '--gateway "ftp://gateway" is not an http URL'],
  [['--speed', '3'], '--speed'],
])('refuses %j', (args, message) => {
  expect(() => readDemoOptions(args, {})).toThrow(message);
});
