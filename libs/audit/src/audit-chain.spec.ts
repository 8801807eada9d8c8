import { describe, expect, it } from 'vitest';
import { anEntry } from './audit-entry.fixture.js';
import { AuditChain } from './audit-chain.js';
import { canonicalForm, hashOf } from './canonical-form.js';
import { ChainCheck } from './verify/chain-check.js';

const VECTORS = [
  [
    '{"action":"CREATE","actor":{"id":"u-1","type":"user"},"id":"00000000-0000-4000-8000-000000000001","outcome":"success","schema":"audit.record/1","seq":1,"stream":"orders","target":{"id":"o-1","type":"Order"},"time":"2026-11-22T10:00:01.000Z"}',
    '38e1a55254cf3299a4cd92bbfc474599c38c2aacff371e52623c519b5c07788d',
  ],
  [
    '{"action":"UPDATE","actor":{"id":"u-1","type":"user"},"id":"00000000-0000-4000-8000-000000000002","outcome":"success","prevHash":"38e1a55254cf3299a4cd92bbfc474599c38c2aacff371e52623c519b5c07788d","prevId":"00000000-0000-4000-8000-000000000001","schema":"audit.record/1","seq":2,"stream":"orders","target":{"id":"o-1","type":"Order"},"time":"2026-11-22T10:00:02.000Z"}',
    'cf6f79fd7ee03443045a9c99c32a2fd972dcb33ceee939a2e05b2f6feb5b2bde',
  ],
  [
    '{"action":"CANCEL","actor":{"id":"u-1","type":"user"},"id":"00000000-0000-4000-8000-000000000003","outcome":"failure","prevHash":"cf6f79fd7ee03443045a9c99c32a2fd972dcb33ceee939a2e05b2f6feb5b2bde","prevId":"00000000-0000-4000-8000-000000000002","schema":"audit.record/1","seq":3,"stream":"orders","target":{"id":"o-1","type":"Order"},"time":"2026-11-22T10:00:03.000Z"}',
    '798d0147887beddf452781eaa0077bcd17ac8365a3bc530a872f3c0315439577',
  ],
] as const;

describe('AuditChain', () => {
  it('seals the known records to the known bytes and hashes', () => {
    const chain = new AuditChain('orders');
    const sealed = VECTORS.map(([text]) => {
      const { stream: _stream, seq: _seq, prevHash: _hash, prevId: _id, ...entry } = JSON.parse(text);
      return chain.seal(entry);
    });
    expect(sealed.map(({ canonical, hash }) => [canonical, hash])).toEqual(VECTORS);
  });

  it('sorts by UTF-16 code units, whatever the order in which fields were set', () => {
    expect(
      canonicalForm({ '\u20ac': 1, '\r': 2, '1': 3, '\ud83d\ude00': 4, '\ufb33': 5, b: 1, a: { d: 1, c: 1 } }),
    ).toBe('{"\\r":2,"1":3,"a":{"c":1,"d":1},"b":1,"\u20ac":1,"\ud83d\ude00":4,"\ufb33":5}');
  });

  it.each([
    ['NaN', { a: NaN }],
    ['Infinity', { a: [Infinity] }],
    ['a lone surrogate', { a: '\ud800' }],
    ['a bigint', { a: 1n }],
  ])('refuses %s, which JSON cannot say', (_, value) => {
    expect(() => canonicalForm(value)).toThrow();
  });
});

describe('ChainCheck', () => {
  const chainOf = (count: number) => {
    const chain = new AuditChain('orders');
    return Array.from({ length: count }, (_, index) => chain.seal(anEntry({ event: `e${index}` })));
  };
  const verdicts = (records: ReturnType<typeof chainOf>): (string | undefined)[] => {
    const check = new ChainCheck();
    return records.map((one) => check.next(one, one.canonical));
  };

  it('takes a chain as it was written', () => {
    expect(verdicts(chainOf(5)).filter(Boolean)).toEqual([]);
  });

  it('names what was done to a chain', () => {
    const [a, b, c, d] = chainOf(4) as [never, never, never, never];
    const rehashed = (() => {
      const { record } = b as ReturnType<typeof chainOf>[number];
      const canonical = canonicalForm({ ...record, reason: 'forged' });
      return { record: JSON.parse(canonical), canonical, hash: hashOf(canonical) } as never;
    })();
    const stranger = new AuditChain('other', { seq: 1, hash: (a as { hash: string }).hash, id: 'x' }).seal(anEntry());
    const first = (records: never[]) => verdicts(records).find(Boolean);
    expect(first([a, c, d])).toBe('INVALID: sequence gap (2..2)');
    expect(first([b, c, d])).toBe('INVALID: sequence gap (1..1)');
    expect(first([a, b, b, c])).toBe('INVALID: duplicate sequence');
    expect(first([a, b, c, a])).toBe('INVALID: out of order');
    expect(first([a, rehashed, c])).toBe(`INVALID: previous hash doesn't match`);
    expect(first([a, stranger as never])).toBe('INVALID: wrong stream');
  });
});
