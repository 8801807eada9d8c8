import { inspect } from 'node:util';
import { describe, expect, it } from 'vitest';
import { Redactor } from './redactor.js';

const CANARY = 'canary7Qx';
const encoded = (value: unknown): string => Buffer.from(JSON.stringify(value)).toString('base64url');

/** Texts that give a secret away by themselves, with a part of the secret that must not be seen. */
const SECRET_TEXTS: readonly (readonly [text: string, secret: string])[] = [
  [`login failed: password=${CANARY}`, CANARY],
  [`{"user":"bob","clientSecret":"${CANARY}"}`, CANARY],
  [JSON.stringify(JSON.stringify({ nested: { api_key: CANARY } })), CANARY],
  [`GET /orders?access_token=${CANARY}&limit=1`, CANARY],
  [`connect postgres://bob:${CANARY}@db:5432/orders failed`, CANARY],
  [`redis://:${CANARY}/with/slashes@cache`, CANARY],
  [`Authorization: Bearer ${CANARY}`, CANARY],
  [`sent bearer ${CANARY} twice`, CANARY],
  [`sent Basic ${Buffer.from(`bob:${CANARY}`).toString('base64')}`, Buffer.from(`bob:${CANARY}`).toString('base64')],
  [`Cookie: theme=dark; sid=${CANARY}`, CANARY],
  [`jwt ${encoded({ alg: 'none' })}.${encoded({ sub: CANARY })}.c2lnbmF0dXJl`, encoded({ sub: CANARY })],
  [`-----BEGIN PRIVATE KEY-----\n${CANARY}\n-----END PRIVATE KEY-----`, CANARY],
  ['paid with 4111 1111 1111 1111 today', '4111 1111'],
  ['key id AKIA2E0A8F3B244C9986', 'AKIA2E0A8F3B244C9986'],
];

/** Keys that give away what they hold, in spellings that hide them. */
const SECRET_KEYS = ['password', 'Client-Secret', 'X_API_KEY', 'pass\u200bword', 'sessionId', 'cvv'];

const PLACES: readonly (readonly [place: string, put: (secret: unknown) => unknown])[] = [
  ['at the top', (secret) => secret],
  ['in an object', (secret) => ({ a: secret })],
  ['eight objects deep', (secret) => ({ a: { b: { c: { d: { e: { f: { g: { h: secret } } } } } } } })],
  ['in a list', (secret) => ['a', ['b', secret]]],
  ['in a map', (secret) => new Map([['a', secret]])],
  ['in the key of a map', (secret) => new Map([[secret, 1]])],
  ['in a set', (secret) => new Set([secret])],
  ['in a message of an error', (secret) => new Error(typeof secret === 'string' ? secret : 'm', { cause: secret })],
  ['in a cause of a cause', (secret) => new Error('a', { cause: new Error('b', { cause: secret }) })],
  ['in a field of an error', (secret) => Object.assign(new Error('a'), { config: { headers: secret } })],
  ['in what toJSON says', (secret) => ({ toJSON: () => ({ a: secret }) })],
  ['in a buffer', (secret) => Buffer.from(JSON.stringify(secret) ?? '')],
  ['behind a getter', (secret) => Object.defineProperty({}, 'a', { enumerable: true, get: () => secret })],
  ['beside a circle', (secret) => Object.assign(circle(), { a: secret })],
  [
    'after a field that cannot be read',
    (secret) => ({
      get broken() {
        return fail();
      },
      a: secret,
    }),
  ],
];

function circle(): object {
  const value: Record<string, unknown> = {};
  value.self = value;
  return value;
}

function fail(): never {
  throw new Error('no');
}

const everything = (value: unknown): string =>
  inspect(value, { depth: 20, showHidden: true, maxStringLength: null, getters: true });

describe('Redactor', () => {
  const redactor = new Redactor();

  it.each(PLACES)('lets no secret through that lies %s', (_place, put) => {
    const values: [unknown, string][] = [
      ...SECRET_TEXTS.map(([text, secret]): [unknown, string] => [put(text), secret]),
      ...SECRET_KEYS.map((key): [unknown, string] => [put({ [key]: CANARY }), CANARY]),
    ];
    const leaked = values.filter(([value, secret]) => {
      const redacted = redactor.redactValue(value);
      return `${JSON.stringify(redacted)}${everything(redacted)}`.includes(secret);
    });
    expect(leaked).toEqual([]);
  });

  it('shows by JSON.stringify that the same secrets are there to be let through', () => {
    for (const [text, secret] of SECRET_TEXTS) {
      const plain = JSON.parse(JSON.stringify({ a: [text] })) as { a: string[] };
      expect(plain.a[0]).toContain(secret);
    }
    const visible = PLACES.filter(([, put]) => {
      const value = put(CANARY);
      return `${everything(value)}${Buffer.isBuffer(value) ? value.toString() : ''}${stringified(value)}`.includes(
        CANARY,
      );
    });
    expect(visible.map(([place]) => place)).toEqual(PLACES.map(([place]) => place));
  });

  it('changes hardly any of 500 objects without secrets', () => {
    const random = seeded(7);
    const changed = Array.from({ length: 500 }, () => JSON.stringify(cleanRecord(random)))
      .map((record) => [record, JSON.stringify(redactor.redactValue(JSON.parse(record)))])
      .filter(([record, redacted]) => record !== redacted);
    expect(changed.slice(5)).toEqual([]);
  });

  it.each([
    ['/orders?consumerId=7&token=x&limit=10', '/orders?consumerId=[redacted]&token=[redacted]&limit=10'],
    ['https://bob:x@host/a?b=c#access_token=d', 'https://[redacted]@host/a?b=[redacted]'],
    ['/reset?4Tq9secret', '/reset?[redacted]'],
    ['/orders/42', '/orders/42'],
    ['/callback#4Tq9secret', '/callback'],
    ['/a;jsessionid=x/b', '/a;jsessionid=[redacted]'],
    ['//host/%00?', '//host/%00?[redacted]'],
    ['/a?limit=Bearer+x;token=y', '/a?limit=Bearer+x;token=[redacted]'],
    ['/a?b=\u202e', '/a?b=[redacted]'],
  ])('turns the URL %j into %j', (url, expected) => {
    expect(new Redactor({ allowKeys: ['limit'] }).redactUrl(url)).toBe(expected);
  });

  it('shows only headers that are known to be harmless', () => {
    const headers = {
      Host: 'h',
      accept: ['a', 'b'],
      'user-agent': 'x Bearer y',
      cookie: CANARY,
      'x-new-token': CANARY,
      te: undefined,
    };
    const expected = { host: 'h', accept: 'a,b', 'user-agent': 'x Bearer [redacted]' };
    expect(redactor.redactHeaders(headers)).toEqual(expected);
    expect(redactor.redactHeaders(new Headers({ Cookie: CANARY, 'Content-Type': 'text/plain' }))).toEqual({
      'content-type': 'text/plain',
    });
    expect(redactor.redactHeaders(null as never)).toEqual({});
  });

  it('counts what it took out by rule', () => {
    const counted = new Redactor();
    counted.redactValue({ password: 'x', token: 'y', text: 'pin=1 card 4111111111111111' });
    counted.redactUrl('/a?b=c&d=e');
    expect(counted.counts()).toMatchObject({ key: 2, assignment: 1, card: 1, query: 2, jwt: 0, unscrubable: 0 });
  });

  it('lets nothing through when it fails itself', () => {
    const own = new Redactor({ patterns: [/never/] });
    const { replace } = String.prototype;
    String.prototype.replace = fail;
    const redacted: unknown[] = [];
    try {
      redacted.push(own.redactText(CANARY), own.redactValue({ a: CANARY }), own.redactUrl(CANARY));
    } finally {
      String.prototype.replace = replace;
    }
    expect(JSON.stringify(redacted)).not.toContain(CANARY);
    expect(redacted).toHaveLength(3);
    expect(redacted[0]).toBe('[unscrubable]');
  });
});

function stringified(value: unknown): string {
  try {
    return JSON.stringify(value);
  } catch {
    return '';
  }
}

function seeded(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state * 1_664_525 + 1_013_904_223) % 4_294_967_296;
    return state / 4_294_967_296;
  };
}

function cleanRecord(random: () => number): Record<string, unknown> {
  const hex = (length: number): string => Array.from({ length }, () => Math.floor(random() * 16).toString(16)).join('');
  const number = (below: number): number => Math.floor(random() * below);
  const words = [
    'order',
    'Basic',
    'bearer of',
    'placed',
    'at 10:11:12',
    'passenger',
    'http://host:80/a',
    'key: value',
    'token used',
    'session ended',
  ];
  return {
    trace_id: hex(32),
    span_id: hex(16),
    request_id: `${hex(8)}-${hex(4)}-4${hex(3)}-8${hex(3)}-${hex(12)}`,
    traceparent: `00-${hex(32)}-${hex(16)}-01`,
    time: 1_700_000_000_000 + number(1e10),
    timeUnixNano: `${1_700_000_000_000 + number(1e10)}${number(1e6)}`.padEnd(19, '0'),
    total: random() * 1_000,
    msg: Array.from({ length: 8 }, () => words[number(words.length)]).join(' '),
    company: `${hex(6)} Ltd`,
    phone: `+49 30 ${number(1e8)}`,
    address: { street: `Main St ${number(200)}`, zip: String(10_000 + number(80_000)), span: number(9) },
    items: [{ sku: `SKU-${number(1e6)}`, quantity: number(9), ean: `40${1e10 + number(1e10)}` }],
    usage: { tokens_used: number(5_000), max_tokens: 4_096, passed: true, sessions: number(50) },
    at: new Date(1_700_000_000_000 + number(1e10)),
  };
}
