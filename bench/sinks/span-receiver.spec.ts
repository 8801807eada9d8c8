import { gzipSync } from 'node:zlib';
import { expect, it } from 'vitest';
import { SpanReceiver } from './span-receiver.ts';

const batch = (spans: number) =>
  JSON.stringify({ resourceSpans: [{ scopeSpans: [{ spans: Array.from({ length: spans }, () => ({})) }] }] });

const send = async (url: string, body: string | Buffer<ArrayBuffer>, headers: Record<string, string> = {}) =>
  (await fetch(url, { method: 'POST', body, headers: { 'content-type': 'application/json', ...headers } })).status;

it('counts spans of plain and of compressed deliveries', async () => {
  await using receiver = await SpanReceiver.open();
  expect(await send(receiver.url, batch(3))).toBe(200);
  expect(await send(receiver.url, gzipSync(batch(2)), { 'content-encoding': 'gzip' })).toBe(200);
  expect(receiver.count).toBe(5);
});

it('says why it did not count a delivery', async () => {
  await using receiver = await SpanReceiver.open();
  expect(await send(receiver.url, 'x', { 'content-type': 'text/plain' })).toBe(400);
  expect(receiver.count).toBe(0);
  expect(receiver.trouble).toContain('text/plain');
});

it('takes what is sent elsewhere without counting it', async () => {
  await using receiver = await SpanReceiver.open();
  expect(await send(new URL('/api/1/envelope/', receiver.url).href, batch(3))).toBe(200);
  expect(receiver.count).toBe(0);
  expect(receiver.trouble).toBeUndefined();
});
