import { createParamDecorator, type ExecutionContext } from '@nestjs/common';
import { currentObservation } from '@crowsnest/observability';
import type { FastifyRequest } from 'fastify';

/** The headers that go on to the order service. */
export type CallerHeaders = Readonly<Record<string, string>>;

const HANDED_ON = ['authorization', 'idempotency-key'];

/** Hands to a handler what the order service needs of a caller: who it is, and the id of the request. */
export const Caller = createParamDecorator((_: unknown, context: ExecutionContext): CallerHeaders => {
  const { headers } = context.switchToHttp().getRequest<FastifyRequest>();
  const handedOn = HANDED_ON.flatMap((name) => (headers[name] === undefined ? [] : [[name, String(headers[name])]]));
  const observation = currentObservation();
  const requestId = observation?.kind === 'http.server' ? { 'x-request-id': observation.requestId } : {};
  return { ...Object.fromEntries(handedOn), ...requestId };
});
