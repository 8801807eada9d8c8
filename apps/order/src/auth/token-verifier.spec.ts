import { type CryptoKey, exportJWK, generateKeyPair, type JWTPayload, SignJWT } from 'jose';
import { beforeAll, describe, expect, it } from 'vitest';
import { TokenRefused, TokenVerifier } from './token-verifier.js';

const GOOD: JWTPayload = {
  iss: 'crowsnest-samples',
  aud: 'crowsnest-samples',
  sub: 'ada',
  role: 'customer',
  exp: Math.floor(Date.now() / 1_000) + 600,
};

describe('TokenVerifier', () => {
  let verifier: TokenVerifier;
  let sign: (claims: JWTPayload) => Promise<string>;
  let forge: (claims: JWTPayload) => Promise<string>;

  beforeAll(async () => {
    const ours = await generateKeyPair('EdDSA');
    const theirs = await generateKeyPair('EdDSA');
    verifier = new TokenVerifier({ keys: [{ ...(await exportJWK(ours.publicKey)), kid: 'k1', alg: 'EdDSA' }] });
    const signWith = (key: CryptoKey) => (claims: JWTPayload) =>
      new SignJWT(claims).setProtectedHeader({ alg: 'EdDSA', kid: 'k1' }).sign(key);
    sign = signWith(ours.privateKey);
    forge = signWith(theirs.privateKey);
  });

  it('tells subject and role of a good token', async () => {
    await expect(verifier.verify(await sign(GOOD))).resolves.toEqual({ id: 'ada', role: 'customer' });
  });

  it.each([
    ['of another issuer', { ...GOOD, iss: 'elsewhere' }],
    ['for another audience', { ...GOOD, aud: 'elsewhere' }],
    ['without an end', { ...GOOD, exp: undefined }],
    ['without a subject', { ...GOOD, sub: undefined }],
    ['with a control character in its subject', { ...GOOD, sub: 'a\u0000da' }],
    ['with an unknown role', { ...GOOD, role: 'admin' }],
    ['with a list of roles', { ...GOOD, role: ['customer', 'operator'] }],
  ])('refuses a token %s', async (_, claims) => {
    await expect(verifier.verify(await sign(claims))).rejects.toThrow(TokenRefused);
  });

  it('says of an expired token that it has expired', async () => {
    const expired = await sign({ ...GOOD, exp: Math.floor(Date.now() / 1_000) - 60 });
    await expect(verifier.verify(expired)).rejects.toThrow('The token has expired.');
  });

  it('refuses a good token that another key signed', async () => {
    await expect(verifier.verify(await forge(GOOD))).rejects.toThrow(TokenRefused);
  });

  it('refuses a token without a signature', async () => {
    const unsigned = [{ alg: 'none' }, GOOD].map((part) => Buffer.from(JSON.stringify(part)).toString('base64url'));
    await expect(verifier.verify(`${unsigned.join('.')}.`)).rejects.toThrow(TokenRefused);
  });

  it.each(['', 'x', '...', 'a.b.c', '{"alg":"EdDSA"}.{}.x'])('refuses "%s"', async (junk) => {
    await expect(verifier.verify(junk)).rejects.toThrow(TokenRefused);
  });

  it('names the variable and the file that cannot be read', () => {
    expect(() => TokenVerifier.fromFile('no-such-keys.json')).toThrow(
      'order: JWKS_FILE "no-such-keys.json" cannot be read as a JSON Web Key Set',
    );
  });
});
