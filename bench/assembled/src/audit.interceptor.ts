import { appendFile } from 'node:fs/promises';
import { type CallHandler, type ExecutionContext, Injectable, type NestInterceptor } from '@nestjs/common';
import type { Observable } from 'rxjs';
import { tap } from 'rxjs';

interface AuditedRequest {
  method: string;
  url: string;
  ip: string;
  user?: { id: string };
}

/** Appends a line for each call of the routes that it stands above. */
@Injectable()
export class AuditInterceptor implements NestInterceptor {
  intercept(context: ExecutionContext, next: CallHandler): Observable<unknown> {
    const { method, url, ip, user } = context.switchToHttp().getRequest<AuditedRequest>();
    const record = {
      time: new Date().toISOString(),
      actor: user?.id ?? 'anonymous',
      action: `${context.getClass().name}.${context.getHandler().name}`,
      method,
      url,
      ip,
    };
    return next.handle().pipe(
      tap({
        next: () => void this.#write({ ...record, outcome: 'success' }),
        error: (error: Error) => void this.#write({ ...record, outcome: 'failure', error: error.message }),
      }),
    );
  }

  async #write(record: object): Promise<void> {
    await appendFile('audit.jsonl', `${JSON.stringify(record)}\n`);
  }
}
