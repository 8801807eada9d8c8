import { readFileSync } from 'node:fs';
import { createLocalJWKSet, errors, type JSONWebKeySet, jwtVerify } from 'jose';
import { type Actor, type Role, ROLES } from './actor.js';

const ISSUER_AND_AUDIENCE = 'crowsnest-samples';

/** Thrown for a token that proves nothing; the message is safe to show. */
export class TokenRefused extends Error {}

/** Verifies bearer tokens against a local key set and tells who the bearer is. */
export class TokenVerifier {
  private readonly keys: ReturnType<typeof createLocalJWKSet>;

  constructor(keySet: JSONWebKeySet) {
    this.keys = createLocalJWKSet(keySet);
  }

  static fromFile(path: string): TokenVerifier {
    try {
      return new TokenVerifier(JSON.parse(readFileSync(path, 'utf8')) as JSONWebKeySet);
    } catch (cause) {
      const reason = cause instanceof Error ? cause.message : String(cause);
      throw new Error(`order: JWKS_FILE "${path}" cannot be read as a JSON Web Key Set: ${reason}`, { cause });
    }
  }

  async verify(token: string): Promise<Actor> {
    const { sub, role } = await this.claimsOf(token);
    if (typeof sub !== 'string' || !/^\P{C}{1,100}$/u.test(sub)) throw new TokenRefused('The token names no subject.');
    if (!ROLES.includes(role as Role)) throw new TokenRefused('The token names no known role.');
    return { id: sub, role: role as Role };
  }

  private async claimsOf(token: string) {
    try {
      const { payload } = await jwtVerify(token, this.keys, {
        algorithms: ['EdDSA'],
        issuer: ISSUER_AND_AUDIENCE,
        audience: ISSUER_AND_AUDIENCE,
        requiredClaims: ['exp', 'sub', 'role'],
        clockTolerance: '5s',
      });
      return payload;
    } catch (cause) {
      if (cause instanceof errors.JWTExpired) throw new TokenRefused('The token has expired.', { cause });
      if (cause instanceof errors.JOSEError) throw new TokenRefused('The token is not valid.', { cause });
      throw cause;
    }
  }
}
