import { RetryableError } from '#delivery';

/** What is sent to a receiver of reports. */
export interface Letter {
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string | Uint8Array<ArrayBuffer>;
}

/** Posts a report and gives the answer; rejects when the receiver did not take it, and says whether to try again. */
export async function post({ url, headers, body }: Letter, signal: AbortSignal): Promise<string> {
  const response = await fetch(url, { method: 'POST', headers, body, signal, redirect: 'error' }).catch(
    (cause: unknown) => {
      signal.throwIfAborted();
      throw new RetryableError(`${new URL(url).host} could not be reached`, { cause });
    },
  );
  const answer = await response.text();
  if (response.ok) return answer;
  const refusal = `${new URL(url).host} answered ${response.status}`;
  if (response.status !== 429 && response.status < 500) throw new Error(refusal);
  const seconds = Number(response.headers.get('retry-after'));
  throw new RetryableError(refusal, seconds > 0 ? { retryAfterMs: seconds * 1_000 } : {});
}
