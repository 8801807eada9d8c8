import { inspect } from 'node:util';
import { describe, expect, it } from 'vitest';
import { Redactor } from '#redaction';
import { ADAPTERS, CheckedApp } from './checked-app.fixture.js';
import { SafeDetails } from './safe-details.js';

const CANARIES = /hunter2|crowsnest-user|db-primary|internal\.example|10\.1\.2\.3|2001:db8|5432|secret-frame/;
const DSN = 'postgres://crowsnest-user:hunter2@db-primary.internal.example:5432/orders';

const MESSAGES = [
  `cannot connect to ${DSN}`,
  `connect ECONNREFUSED 10.1.2.3:5432`,
  `connect ECONNREFUSED 2001:db8::1:5432`,
  `connect EHOSTUNREACH [2001:db8:0:1::7]:5432`,
  `getaddrinfo ENOTFOUND db-primary`,
  `getaddrinfo EAI_AGAIN db-primary.internal.example`,
  `no pg_hba.conf entry for host "10.1.2.3", user "crowsnest-user", no encryption`,
  `password authentication failed for user "crowsnest-user"`,
  `connection to server at "db-primary" failed`,
  `cannot connect with host=db-primary user=crowsnest-user`,
  `database 'crowsnest-user' does not exist`,
  `redis at db-primary:5432 is gone; password=hunter2`,
  `lost crowsnest-user@db-primary`,
  `Error: gone\n    at secret-frame (/srv/db-primary/index.js:1:1)`,
];

const safe = new SafeDetails(new Redactor());

describe('SafeDetails', () => {
  it.each(MESSAGES)('hides host and secret of: %s', (message) => {
    const cause = Object.assign(new Error(message), { code: 'ECONNREFUSED' });
    const told = [
      safe.ofError(new Error(message, { cause })),
      safe.of({ message }),
      safe.of({ nested: [{ message, error: cause }] }),
      safe.of(safe.ofError(message)),
      safe.of({ nested: { [message]: 'down' } }),
    ];
    // The control: the canaries are there before.
    expect(message).toMatch(CANARIES);
    expect(inspect(told, { depth: 9 })).not.toMatch(CANARIES);
  });

  it('hides what keys say to be a host, an address or a secret, and a stack', () => {
    const details = {
      host: 'db',
      dbHost: 'db',
      url: 'db',
      address: ['db'],
      password: 'hunter2',
      stack: 'secret-frame',
    };
    expect(safe.of(details)).toEqual({
      host: '[host]',
      dbHost: '[host]',
      url: '[host]',
      address: '[host]',
      password: expect.not.stringContaining('hunter2'),
    });
  });

  it('leaves words, numbers and times as they are', () => {
    const details = {
      message: 'the queue has 120 items, 20 more than it should; oldest since 12:30',
      lagSeconds: 1.5,
      version: '18.4',
      isLeader: true,
      none: null,
    };
    expect(safe.of(details)).toEqual(details);
  });

  it('tells an error that has a code, or whose cause has one, by class and code alone', () => {
    const refused = Object.assign(new RangeError('role crowsnest of orders is gone'), { code: '28P01' });
    expect(safe.ofError(refused)).toEqual({ error: 'RangeError', code: '28P01' });
    expect(safe.ofError(new TypeError('fetch failed', { cause: refused }))).toEqual({
      error: 'TypeError',
      code: '28P01',
    });
    // The control: without a code there is nothing to tell but the words.
    expect(safe.ofError(new RangeError('gone'))).toEqual({ error: 'RangeError', message: 'gone' });
  });

  it.each([
    ['no pg_hba.conf entry for host "10.1.2.3"', 'no pg_hba.conf entry for host [host]'],
    ['the server is full, the user has to wait', 'the server is full, the user has to wait'],
    ["it can't be written, it isn't there", "it can't be written, it isn't there"],
  ])('takes out of %j nothing but names', (message, shown) => {
    expect(safe.of({ message })).toEqual({ message: shown });
  });

  it('bounds what a message may say', () => {
    expect(String(safe.ofError(new Error('long '.repeat(10_000)))['message']).length).toBe(200);
  });

  it('cuts no secret in half', () => {
    const message = `${'x '.repeat(90)}Bearer hunter2hunter2hunter2hunter2hunter2`;
    expect(safe.ofError(new Error(message))['message']).not.toMatch(CANARIES);
  });

  it('takes no time to speak of for a hostile message', () => {
    const begin = performance.now();
    for (const part of ['a.', 'a-', ':', '0:', '[', '@', 'host=', '1.', '"a '])
      safe.ofError(new Error(part.repeat(100_000)));
    expect(performance.now() - begin).toBeLessThan(1_000);
  });
});

describe.each(ADAPTERS)('an app whose checks fail with secrets, on %s', (_, newAdapter) => {
  it('tells none of them, on either port and in any form', async () => {
    const contributors = [
      ...MESSAGES.map((message, index) => ({
        name: `throws-${index}`,
        check: () => Promise.reject(new Error(message, { cause: new Error(DSN) })),
      })),
      { name: 'says', check: () => ({ status: 'down', message: DSN, config: { url: DSN, password: 'hunter2' } }) },
    ];
    await using app = await CheckedApp.start({ adapter: newAdapter(), options: { contributors } });
    const answers = [
      await app.probe('/health/ready'),
      await app.look('/health/ready'),
      await app.look('/health/ready/says'),
      await app.look('/health/ready', { accept: 'application/health+json' }),
    ];
    expect(answers.map(({ status }) => status)).toEqual([503, 503, 503, 503]);
    expect(Object.keys(answers[1]!.body['error'])).toHaveLength(MESSAGES.length + 1);
    expect(answers.map(({ text }) => text).join('\n')).not.toMatch(CANARIES);
  });
});
