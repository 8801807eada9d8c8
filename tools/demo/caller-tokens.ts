import { signedToken } from '../signed-token.ts';
import type { Caller } from './order-journey.ts';

/** Signs one token a caller and keeps it. */
export class CallerTokens {
  readonly #tokens = new Map<string, Promise<string>>();

  of(caller: Caller): Promise<string> {
    const known = this.#tokens.get(caller.user);
    if (known) return known;
    const token = signedToken({ ...caller, expiresIn: '1h' });
    this.#tokens.set(caller.user, token);
    return token;
  }
}
