import type { ChannelListener } from './http-client.edge.js';
import { HttpClientObservation } from './http-client-observation.js';

interface UndiciRequest {
  method: string;
  origin: string | URL;
  path: string;
  /** `name: value\r\n` lines in older versions, a flat list of names and values in newer ones. */
  headers: string | readonly (string | readonly string[])[];
  addHeader(name: string, value: string): void;
}

/** Global `fetch` and every other user of undici. */
export const UNDICI_CHANNELS: Record<string, ChannelListener> = {
  'undici:request:create': (calls, { request }: { request: UndiciRequest }) =>
    calls.start(
      request,
      () =>
        new HttpClientObservation(
          request.method,
          calls.targets.of(String(request.origin), request.path)!,
          (name, value) => addHeader(request, name, value),
        ),
    ),
  'undici:request:headers': (calls, { request, response }: { request: object; response: { statusCode: number } }) =>
    calls.answered(request, response.statusCode),
  'undici:request:trailers': (calls, { request }: { request: object }) => calls.stop(request),
  'undici:request:error': (calls, { request, error }: { request: object; error: unknown }) =>
    calls.stop(request, error),
};

/** `addHeader` appends, so a header of the caller's own has to be looked for first. */
function addHeader(request: UndiciRequest, name: string, value: string): boolean {
  const { headers } = request;
  const taken =
    typeof headers === 'string'
      ? headers.toLowerCase().includes(`${name.toLowerCase()}:`)
      : headers.some((item, index) => index % 2 === 0 && String(item).toLowerCase() === name.toLowerCase());
  if (!taken) request.addHeader(name, value);
  return true;
}
