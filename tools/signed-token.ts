import { importJWK, SignJWT } from 'jose';
import { defaultKeysDir, ensureKeys } from './keys.ts';

export const roles = ['customer', 'operator'] as const;
export type Role = (typeof roles)[number];

export interface TokenRequest {
  /** Whose token it is. */
  user: string;
  role: Role;
  /** A time span such as `60s` or `12h`; a negative one makes a token that has expired. @default '12h' */
  expiresIn?: string;
  keysDir?: string;
}

/** Who issues the samples' tokens, and for whom. */
export const tokenParty = 'crowsnest-samples';

/** Signs a token that both samples accept. */
export async function signedToken({
  user,
  role,
  expiresIn = '12h',
  keysDir = defaultKeysDir,
}: TokenRequest): Promise<string> {
  const { privateKey } = await ensureKeys(keysDir);
  return new SignJWT({ role })
    .setProtectedHeader({ alg: 'EdDSA', kid: privateKey.kid })
    .setIssuer(tokenParty)
    .setAudience(tokenParty)
    .setSubject(user)
    .setIssuedAt()
    .setExpirationTime(expiresIn)
    .sign(await importJWK(privateKey, 'EdDSA'));
}
