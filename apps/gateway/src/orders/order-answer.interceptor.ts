import { type CallHandler, type ExecutionContext, Injectable, type NestInterceptor } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { map, type Observable } from 'rxjs';
import type { OrderAnswer } from './order-service.client.js';

/** Passes status, body and the headers that belong to them on to the caller. */
@Injectable()
export class OrderAnswerInterceptor implements NestInterceptor<OrderAnswer, string> {
  intercept(context: ExecutionContext, next: CallHandler<OrderAnswer>): Observable<string> {
    const reply = context.switchToHttp().getResponse<FastifyReply>();
    return next.handle().pipe(
      map(({ status, headers, body }) => {
        reply.status(status).headers(Object.fromEntries(headers));
        return body;
      }),
    );
  }
}
