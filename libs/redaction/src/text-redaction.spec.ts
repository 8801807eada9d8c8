import { describe, expect, it } from 'vitest';
import { Redactor } from './redactor.js';

const R = '[redacted]';
const redactor = new Redactor();

describe('Redactor.redactText', () => {
  it.each([
    ['password=hunter2', `password=${R}`],
    ['password: hunter2, user: bob', `password: ${R}, user: bob`],
    ['login failed (user=bob, password=hun,ter2) again', `login failed (user=bob, password=${R} again`],
    ['pass\u200bword=hunter2', `pass\u200bword=${R}`],
    ['{"user":"bob","password":"hun\\"ter2","n":1}', `{"user":"bob","password":"${R}","n":1}`],
    ['{"n":1,"pin":1234}', `{"n":1,"pin":"${R}"}`],
    ['{"pin":1234,"n":1}', `{"pin":"${R}","n":1}`],
    ['{\\"password\\":\\"hunter2\\",\\"n\\":1}', `{\\"password\\":\\"${R}\\",\\"n\\":1}`],
    ["{ password: 'hunter2', user: 'bob' }", `{ password: '${R}', user: 'bob' }`],
    ['{"credentials":{"a":"hunter2"},"n":1}', `{"credentials":"${R}","n":1}`],
    ['{"credentials":{"a":{"b":"hunter2"}},"n":1}', `{"credentials":"${R}"`],
    ['{"tokens":["hunter2","hunter3"],"n":1}', `{"tokens":"${R}","n":1}`],
    ['{"password":"hunter2', `{"password":"${R}"`],
    ['api key: hunter2 was refused', `api key: ${R} was refused`],
    ['the session id: hunter2', `the session id: ${R}`],
    ['secret => hunter2', `secret => ${R}`],
    ['if (password == hunter2)', `if (password == ${R}`],
    ['node main.js --db-password=hunter2 --port=80', `node main.js --db-password=${R} --port=80`],
    ['Server=db;Password=hunter2;User=sa', `Server=db;Password=${R};User=sa`],
    ['GET /x?token=hunter2&limit=5', `GET /x?token=${R}&limit=5`],
    ['Authorization: Digest username="hunter2", nonce=1\nHost: x', `Authorization: ${R}\nHost: x`],
    ['Cookie: a=hunter2; b=hunter3', `Cookie: ${R}`],
    ['token: Bearer hunter2 ok', `token: ${R} ok`],
    ['sent Bearer hunter2-hunter2.x ok', `sent Bearer ${R} ok`],
    ['sent basic aHVudGVyOjI= ok', `sent basic ${R} ok`],
    ['postgres://bob:hunter2@db:5432/orders', `postgres://${R}@db:5432/orders`],
    ['postgres://bob:hun/ter@2@db:5432/orders', `postgres://${R}@db:5432/orders`],
    ['amqp://a:hunter2@h,amqp://b:hunter3@h2', `amqp://${R}@h,amqp://${R}@h2`],
    ['https://hunter2@github.com/x', `https://${R}@github.com/x`],
    ['key AKIAIOSFODNN7EXAMPLE used', `key ${R} used`],
    ['on 2026-11-22 4111-1111-1111-1111, 123', `on 2026-11-22 ${R}, 123`],
    ['card 4111 1111 1111 1111 12/27', `card ${R} 12/27`],
    ['jwt eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxIn0.c2ln.', `jwt ${R}`],
    ['a\n-----BEGIN RSA PRIVATE KEY-----\nMII\n-----END RSA PRIVATE KEY-----\nb', `a\n${R}\nb`],
    ['-----BEGIN PRIVATE KEY-----\nMIIhunter2', R],
  ])('turns %j into %j', (text, expected) => {
    expect(redactor.redactText(text)).toBe(expected);
  });

  it('cuts a text between characters, and never through one', () => {
    const short = new Redactor({ maxStringLength: 5 });
    expect(short.redactText(`abcd\u{1f600}${'z'.repeat(300)}`)).toBe('abcd[301 more characters]');
    expect(short.redactText(`abc\u{1f600}${'z'.repeat(300)}`)).toBe('abc\u{1f600}[300 more characters]');
  });

  it.each([
    'Order placed and waiting for approval',
    'Listening: http://127.0.0.1:3000/api, pid 42, took 10:11:12.123',
    'http://host:8080/packages/left-pad@1.3.0',
    'GET https://example.com/a?limit=10&after=xyz',
    'bob@example.com wrote: hello',
    'Basic authentication is required, as is a basic plan and basic training',
    'the bearer token is missing; Bearer realm="orders"',
    'token expired: try again',
    'trace_id=4bf92f3577b34da6a3ce929d0e0e4736 span_id=00f067aa0ba902b7',
    '00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01',
    '11111111-2222-4333-8444-555555555555 41111111111111111111111111111111',
    'tokens_used=512 of max_tokens: 4096',
    'password: null, hasToken: true',
    '{"password":null,"usage":{"tokens":512}}',
    'at OrdersService.place (file:///app/dist/orders.service.js:12:34)',
    'company: Crowsnest, span: 12, author: Ann, passengers=3',
    '1732270000000 1732270000000000000 2026-11-22T10:11:12.000Z',
    'SELECT "order"."id" FROM "order" WHERE "order"."id" = $1 -- PARAMETERS: [42]',
    'Привет, 주문 접수됨 ✓ 👍',
  ])('leaves %j as it is', (text) => {
    expect(redactor.redactText(text)).toBe(text);
  });

  it('leaves the places of a stack alone, whatever their files are called', () => {
    const stack = 'at TokenVerifier.fromFile (file:///app/dist/auth/token-verifier.js:17:3)\n at src/password.ts:4';
    expect(redactor.redactText(stack)).toBe(stack);
    expect(redactor.redactText('token-verifier.js: hunter2hunter2')).not.toContain('hunter2');
  });

  it('escapes what moves the cursor, turns the direction of writing or hides a line end', () => {
    const text = 'a\u009b2J\u001b[0m\u202eb\u2066c\u2028d\u2029e\u200ff\u0000g\u007fh\u061ci';
    expect(redactor.redactText(text)).toBe(
      'a\\u009b2J\\u001b[0m\\u202eb\\u2066c\\u2028d\\u2029e\\u200ff\\u0000g\\u007fh\\u061ci',
    );
    expect(redactor.redactText('line 1\r\n\tline 2')).toBe('line 1\r\n\tline 2');
  });

  it('cuts long text and says how much is missing', () => {
    const short = new Redactor({ maxStringLength: 10 });
    expect(short.redactText('x'.repeat(10))).toBe('x'.repeat(10));
    expect(short.redactText('x'.repeat(1_000))).toBe(`${'x'.repeat(10)}[990 more characters]`);
  });

  it.each([
    ['a card number', '4111111111111111'],
    ['a password in a URL', 'pg://b:hunter2hunter2hunter2@db/orders'],
    ['an assignment', 'pass=hunter2hunter2hunter2'],
  ])('leaves no part of %s that lies across the cut', (_what, secret) => {
    const texts = Array.from(
      { length: secret.length },
      (_, part) => `${'.'.repeat(8_191 - part)} ${secret} ${'.'.repeat(500)}`,
    );
    expect(texts.filter((text) => /hunter|4111/.test(text.slice(0, 8_192))).length).toBeGreaterThan(secret.length / 2);
    expect(texts.filter((text) => /hunter|4111/.test(redactor.redactText(text)))).toEqual([]);
  });

  it('replaces what further patterns match, also with flags of their own', () => {
    const own = new Redactor({ patterns: [/ord_\d+/, /EMP-\w+/iy], replacement: '$&' });
    expect(own.redactText('ord_1, ord_22 by emp-x')).toBe('$&, $& by $&');
    expect(own.counts().pattern).toBe(3);
  });

  it('says that it could not read a text rather than let it through', () => {
    const redactor = new Redactor();
    expect(redactor.redactText(42 as never)).toBe('[unscrubable]');
    expect(redactor.redactText(Symbol('hunter2') as never)).toBe('[unscrubable]');
    expect(redactor.counts().unscrubable).toBe(2);
  });
});
