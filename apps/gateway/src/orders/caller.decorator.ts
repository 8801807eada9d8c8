import { createParamDecorator, type ExecutionContext } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';

/** The headers of a caller that the order service needs as well. */
export type CallerHeaders = Readonly<Record<string, string>>;

const HANDED_ON = ['authorization', 'idempotency-key'];

/** Hands to a handler what goes on to the order service in the caller's name. */
export const Caller = createParamDecorator((_: unknown, context: ExecutionContext): CallerHeaders => {
  const { headers } = context.switchToHttp().getRequest<FastifyRequest>();
  return Object.fromEntries(
    HANDED_ON.flatMap((name) => (headers[name] === undefined ? [] : [[name, String(headers[name])]])),
  );
});
