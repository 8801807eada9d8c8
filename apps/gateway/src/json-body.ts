import type { FastifyAdapter } from '@nestjs/platform-fastify';

/** Takes an empty JSON body for none: many clients name the content type of a `cancel` that has no content. */
export function acceptEmptyJsonBody(adapter: FastifyAdapter, maxBytes: number): void {
  const parse = adapter.getInstance().getDefaultJsonParser('error', 'error');
  adapter.useBodyParser('application/json', false, { bodyLimit: maxBytes }, (request, body, done) => {
    if (body.length === 0) done(null, undefined);
    else parse(request, body.toString(), done);
  });
}
