import { setTimeout as sleep } from 'node:timers/promises';
import { CallerTokens } from './caller-tokens.ts';
import type { Step } from './order-journey.ts';

export interface Answer {
  status: number;
  traceId: string | undefined;
  body: unknown;
}

/** Makes the requests of a journey; one that comes too soon for the rate limit is made again later. */
export class GatewayClient {
  readonly #tokens = new CallerTokens();
  readonly #url: string;

  constructor(url: string) {
    this.#url = url;
  }

  async take({ by, method, path, body }: Step, orderId: string): Promise<Answer> {
    const headers: Record<string, string> = {};
    if (by) headers['authorization'] = `Bearer ${await this.#tokens.of(by)}`;
    if (body) headers['content-type'] = 'application/json';
    const url = this.#url + path.replace(':id', orderId);
    for (;;) {
      const response = await fetch(url, { method, headers, body: body && JSON.stringify(body) });
      const text = await response.text();
      if (response.status === 429) {
        await sleep(1_000 * Number(response.headers.get('retry-after') ?? 1));
        continue;
      }
      const traceId = response.headers.get('x-trace-id') ?? undefined;
      return { status: response.status, traceId, body: parsed(text) };
    }
  }
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
