import { BlockList, isIP } from 'node:net';
import { HealthIndicatorService } from '@nestjs/terminus';
import type { CheckAnswer } from '../check-result.js';
import type { HealthIndicator } from '../health-indicator.js';
import { understandAnswer } from '../understood-answer.js';

export interface HttpIndicatorOptions {
  /** Which status codes mean that the other service is well. @default those from 200 to 299 */
  readonly isWell?: (status: number) => boolean;
  readonly headers?: Readonly<Record<string, string>>;
}

/** Asks another service over HTTP: one fixed address, no redirects, and nothing read but the status. */
export class HttpIndicator implements HealthIndicator {
  readonly #terminus = new HealthIndicatorService();
  readonly #url: URL;

  constructor(
    readonly name: string,
    url: string | URL,
    private readonly options: HttpIndicatorOptions = {},
  ) {
    this.#url = checkedUrl(name, url);
  }

  async check(signal: AbortSignal): Promise<CheckAnswer> {
    const { headers = {}, isWell = (status) => status >= 200 && status < 300 } = this.options;
    const response = await fetch(this.#url, { headers: { ...headers }, redirect: 'manual', signal });
    await response.body?.cancel();
    const session = this.#terminus.check(this.name);
    const told = { statusCode: response.status };
    return understandAnswer(isWell(response.status) ? session.up(told) : session.down(told));
  }
}

function checkedUrl(name: string, given: string | URL): URL {
  const url = URL.parse(String(given));
  // The address itself is not shown: it can hold a password.
  const wayOut = 'Give one like new URL("http://order:3001/health/ready").';
  if (url === null || !/^https?:$/.test(url.protocol)) {
    throw new Error(`HealthModule: the check "${name}" has an address that is no HTTP URL. ${wayOut}`);
  }
  if (url.username !== '' || url.password !== '') {
    throw new Error(`HealthModule: the check "${name}" has credentials in its address. Send them in options.headers.`);
  }
  if (isLinkLocal(url.hostname)) {
    throw new Error(
      `HealthModule: the check "${name}" asks a link-local address, where clouds keep credentials. ${wayOut}`,
    );
  }
  return url;
}

function isLinkLocal(hostname: string): boolean {
  const address = hostname.replace(/^\[|\]$/g, '');
  const linkLocal = new BlockList();
  linkLocal.addSubnet('169.254.0.0', 16, 'ipv4');
  linkLocal.addSubnet('fe80::', 10, 'ipv6');
  const version = isIP(address);
  return version !== 0 && linkLocal.check(address, version === 6 ? 'ipv6' : 'ipv4');
}
