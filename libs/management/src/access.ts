import { createHash, timingSafeEqual } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import { KnownHosts } from './known-hosts.js';
import { isLocalCaller } from './local-caller.js';
import type { AccessLevel, ManagementEndpoint, ManagementResponse } from './management-endpoint.js';
import type { ManagementSettings } from './management-settings.js';
import { PathTemplate } from './path-template.js';
import { problem } from './problem.js';

const LEVELS: readonly AccessLevel[] = ['none', 'read', 'write'];

/**
 * Decides who may see or change what. With neither token nor `authorize`, callers from this machine may do everything
 * and others nothing.
 */
export class Access {
  readonly #token: Buffer | undefined;
  readonly #authorize: ManagementSettings['authorize'];
  readonly #anonymous: readonly PathTemplate[];
  readonly #hosts: KnownHosts;

  constructor({ token, authorize, anonymous, hosts, host }: ManagementSettings) {
    this.#token = token === undefined ? undefined : digest(token);
    this.#authorize = authorize;
    this.#anonymous = anonymous.map((path) => new PathTemplate(path));
    this.#hosts = new KnownHosts([host, ...hosts]);
  }

  /** The answer for a caller who may not do this; undefined for one who may. */
  async refusal(
    incoming: IncomingMessage,
    endpoint: ManagementEndpoint,
    path: string,
  ): Promise<ManagementResponse | undefined> {
    const needed = this.#needed(endpoint, path);
    const host = incoming.headers.host ?? incoming.headers[':authority']?.toString();
    if ((endpoint.method !== 'GET' || (this.#isOpen && needed !== 'none')) && !this.#hosts.has(host)) {
      return problem(
        421,
        `The host "${host ?? ''}" is not known here. Use the address, or add it to management.hosts.`,
      );
    }
    const level = needed === 'none' ? needed : await this.#levelOf(incoming);
    if (LEVELS.indexOf(level) >= LEVELS.indexOf(needed)) return undefined;
    if (level !== 'none') return problem(403, `This needs the access level "${needed}"; yours is "${level}".`);
    if (this.#isOpen) {
      return problem(403, 'Only direct callers from this machine are served. Set management.token to let others in.');
    }
    return problem(401, 'Send "authorization: Bearer <token>" with a token that is valid here.', {
      'www-authenticate': 'Bearer realm="management"',
    });
  }

  get #isOpen(): boolean {
    return this.#token === undefined && this.#authorize === undefined;
  }

  #needed({ access, method }: ManagementEndpoint, path: string): AccessLevel {
    const needed = access ?? (method === 'GET' ? 'read' : 'write');
    const anonymous = needed === 'read' && method === 'GET' && this.#anonymous.some((template) => template.match(path));
    return anonymous ? 'none' : needed;
  }

  async #levelOf(incoming: IncomingMessage): Promise<AccessLevel> {
    if (this.#isOpen) return isLocalCaller(incoming) ? 'write' : 'none';
    if (this.#token !== undefined) {
      const given = /^Bearer +(\S+)$/i.exec(incoming.headers.authorization ?? '')?.[1] ?? '';
      // Digests are equally long and take equally long to compare, whatever was given.
      if (timingSafeEqual(digest(given), this.#token)) return 'write';
    }
    if (this.#authorize === undefined) return 'none';
    const level = await this.#authorize(incoming);
    if (LEVELS.includes(level)) return level;
    throw new Error(`ManagementModule: authorize answered ${JSON.stringify(level)}. Answer 'none', 'read' or 'write'.`);
  }
}

function digest(text: string): Buffer {
  return createHash('sha256').update(text).digest();
}
