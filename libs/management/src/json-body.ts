import type { IncomingMessage } from 'node:http';
import type { ManagementResponse } from './management-endpoint.js';
import { problem } from './problem.js';

const MAX_BYTES = 64 * 1024;

export type JsonBody = { readonly value: unknown } | { readonly refusal: ManagementResponse };

/**
 * Reads what a write says. It has to be declared as JSON even when it is empty: a form or a script on a foreign web
 * page cannot declare that without asking first.
 */
export async function readJsonBody(incoming: IncomingMessage): Promise<JsonBody> {
  const type = (incoming.headers['content-type'] ?? '').split(';', 1)[0]!.trim().toLowerCase();
  if (type !== 'application/json') {
    return { refusal: problem(415, `The content type is "${type}". Send "content-type: application/json".`) };
  }
  const text = await collect(incoming);
  if (typeof text !== 'string') return { refusal: text };
  if (text.trim() === '') return { value: undefined };
  try {
    return { value: JSON.parse(text) };
  } catch {
    return { refusal: problem(400, 'The body is not valid JSON.') };
  }
}

function collect(incoming: IncomingMessage): Promise<string | ManagementResponse> {
  return new Promise((resolve) => {
    const chunks: Buffer[] = [];
    let bytes = 0;
    incoming.on('data', (chunk: Buffer) => {
      bytes += chunk.length;
      // What is over the limit is read and dropped, so that the client gets to see its answer.
      if (bytes <= MAX_BYTES) chunks.push(chunk);
      else resolve(problem(413, `The body is larger than ${MAX_BYTES} bytes. Send less.`));
    });
    incoming.once('end', () => resolve(Buffer.concat(chunks).toString('utf8')));
    for (const event of ['error', 'close'] as const) {
      incoming.once(event, () => resolve(problem(400, 'The body ended too early.')));
    }
  });
}
