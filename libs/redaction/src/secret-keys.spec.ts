import { describe, expect, it } from 'vitest';
import { SecretKeys } from './secret-keys.js';

const keys = new SecretKeys([], [], (text) => text);

describe('SecretKeys', () => {
  it.each([
    ...[
      'password',
      'PASSWORD',
      'passwd',
      'pwd',
      'pass',
      'db_pass',
      'smtpPass',
      'userpassword',
      'Pass-Word',
      'password_hash',
    ],
    ...['passphrase', 'secret', 'client_secret', 'clientSecret', 'SECRET_KEY_BASE', 'x.secret.y', 'jwtSecret'],
    ...[
      'token',
      'accessToken',
      'access_token',
      'ACCESS-TOKEN',
      'accesstoken',
      'x-auth-token',
      'tokenValue',
      'refresh_token2',
    ],
    ...[
      'apiKey',
      'api_key',
      'API-KEY',
      'x-api-key',
      'apikey',
      'AWSAccessKeyId',
      'private key',
      'privateKeyPem',
      'signing_key',
    ],
    ...['authorization', 'Proxy-Authorization', 'cookie', 'set-cookie', 'auth', 'proxyAuth', '_auth', 'jwt', 'otp'],
    ...['session', 'session_id', 'sessionId', 'PHPSESSID', 'JSESSIONID', 'connect.sid', 'aws.credential'],
    ...[
      'pan',
      'card_pan',
      'cvv',
      'cvv2',
      'CVC',
      'cardNumber',
      'creditCard',
      'iban',
      'customerIBAN',
      'ssn',
      'SSN',
      'pin',
    ],
    ...['sig', 'X-Amz-Signature', 'signature', 'pass\u200bword', '\ufeffpassword', 'p\u00adassword', 'to\u2060ken'],
    ...['ｐａｓｓｗｏｒｄ', 'PassWord', 'pAsSwOrD', 'p_a_s_s_w_o_r_d', 'iBAN'],
  ])('takes %j for the key of a secret', (key) => {
    expect(keys.lookUp(key).secrecy).toBe('secret');
  });

  it.each([
    ...['trace_id', 'span_id', 'spanId', 'parent_span_id', 'trace_flags', 'request_id', 'traceparent', 'correlationId'],
    ...[
      'company',
      'companyName',
      'japan',
      'panel',
      'expansion',
      'lifespan',
      'className',
      'lessness',
      'accessor',
      'assessment',
    ],
    ...['passed', 'passenger', 'passengers', 'bypass_cache', 'compass', 'pass_rate', 'passThrough', 'pas'],
    ...[
      'author',
      'authority',
      'authored_by',
      'authentic',
      'oauthProvider',
      'secretary',
      'secretariat',
      'tokenizer',
      'tokenized',
    ],
    ...[
      'shipping',
      'mapping',
      'pinned',
      'spinner',
      'opinion',
      'key',
      'keyboard',
      'primaryKey',
      'foreign_key',
      'idempotencyKey',
    ],
    ...[
      'status',
      'total',
      'sku',
      'orderId',
      'consumerId',
      'quantity',
      'design',
      'assign',
      'signal',
      'signed',
      'side',
      'inside',
    ],
    ...['http.request.method', 'url.path', 'http.route', 'http.response.status_code', 'duration_ms', 'client.address'],
    ...[
      'actor.id',
      'obsession',
      'sessile',
      'possession',
      'caliban',
      'urban',
      'desk_pins',
      'cookbook',
      '',
      '42',
      '__proto__',
    ],
  ])('takes %j for the key of something that may be shown', (key) => {
    expect(keys.lookUp(key).secrecy).toBe('open');
  });

  it.each([
    'tokens',
    'tokens_used',
    'maxTokens',
    'prompt_tokens',
    'activeSessions',
    'session_count',
    'token_ttl_seconds',
  ])('lets %j be a number', (key) => {
    expect(keys.lookUp(key).secrecy).toBe('countable');
  });

  it('knows further words in any spelling, and only as whole words', () => {
    const own = new SecretKeys(['tax id', '주민번호'], [], (text) => text);
    const secret = ['taxId', 'customer-tax-id', 'TAXID', 'tax_id_2', '주민번호'];
    expect(secret.map((key) => own.lookUp(key).secrecy)).toEqual(secret.map(() => 'secret'));
    expect(own.lookUp('syntaxIdea').secrecy).toBe('open');
    expect(keys.lookUp('taxId').secrecy).toBe('open');
  });

  it('opens exactly the keys that are allowed', () => {
    const own = new SecretKeys([], ['token type'], (text) => text);
    expect(own.lookUp('tokenType').secrecy).toBe('open');
    expect(own.lookUp('token_type').secrecy).toBe('open');
    expect(own.lookUp('my_token_type').secrecy).toBe('secret');
    expect(keys.lookUp('token_type').secrecy).toBe('secret');
  });

  it('does not look into a key that is too long to be one', () => {
    expect(keys.lookUp('a'.repeat(300))).toEqual({ name: '[key of 300 characters]', secrecy: 'secret' });
  });

  it('gives the same answers after more keys than it remembers', () => {
    for (let place = 0; place < 5_000; place += 1) keys.lookUp(`field_${place}`);
    expect(keys.lookUp('password').secrecy).toBe('secret');
    expect(keys.lookUp('span_id').secrecy).toBe('open');
  });
});
