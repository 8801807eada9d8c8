import { describe, expect, it } from 'vitest';
import { countSpans } from './otlp-spans.ts';

const JSON_TYPE = 'application/json; charset=utf-8';
const PROTOBUF_TYPE = 'application/x-protobuf';

/** A field that holds a message, as protobuf writes it. */
function message(field: number, ...parts: Buffer[]): Buffer {
  const content = Buffer.concat(parts);
  const length = [content.length & 0x7f, content.length >> 7];
  const bytes = length[1] === 0 ? [length[0]!] : [length[0]! | 0x80, length[1]!];
  return Buffer.concat([Buffer.from([(field << 3) | 2, ...bytes]), content]);
}

const time = Buffer.concat([Buffer.from([(7 << 3) | 1]), Buffer.alloc(8, 0xff)]);
const flags = Buffer.concat([Buffer.from([(((16 << 3) | 5) & 0x7f) | 0x80, 1]), Buffer.alloc(4)]);
const kind = Buffer.from([6 << 3, 2]);
const span = message(2, message(5, Buffer.alloc(200, 0x12)), kind, time, flags);
const scope = message(2, message(1, Buffer.from('scope')), span, span);
const resource = message(1, message(1, Buffer.from('resource')), scope, scope);

describe('countSpans', () => {
  it('counts the spans of all resources and scopes in JSON', () => {
    const scopeSpans = [{ spans: [{}, {}] }, { spans: [{}] }, {}];
    const body = Buffer.from(JSON.stringify({ resourceSpans: [{ scopeSpans }, { scopeSpans }, {}] }));
    expect(countSpans(body, JSON_TYPE)).toBe(6);
    expect(countSpans(Buffer.from('{}'), JSON_TYPE)).toBe(0);
  });

  it('counts the spans of all resources and scopes in protobuf, and nothing that is within a span', () => {
    expect(countSpans(Buffer.concat([resource, resource]), PROTOBUF_TYPE)).toBe(8);
    expect(countSpans(Buffer.alloc(0), PROTOBUF_TYPE)).toBe(0);
  });

  it('refuses what it cannot read', () => {
    expect(() => countSpans(resource.subarray(0, -1), PROTOBUF_TYPE)).toThrow('ends within');
    expect(() => countSpans(Buffer.from([0x0b]), PROTOBUF_TYPE)).toThrow('wire type 3');
    expect(() => countSpans(Buffer.from('x'), JSON_TYPE)).toThrow('JSON');
    expect(() => countSpans(resource, 'text/plain')).toThrow('spans came as text/plain');
  });
});
