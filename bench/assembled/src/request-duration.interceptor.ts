import { type CallHandler, type ExecutionContext, Injectable, type NestInterceptor } from '@nestjs/common';
import { InjectMetric } from '@willsoto/nestjs-prometheus';
import { Histogram } from 'prom-client';
import { finalize, type Observable } from 'rxjs';

export const REQUEST_DURATION = 'http_request_duration_seconds';

interface RoutedRequest {
  method: string;
  route?: { path: string };
  routeOptions?: { url?: string };
}

/** Measures how long each route takes. */
@Injectable()
export class RequestDurationInterceptor implements NestInterceptor {
  constructor(@InjectMetric(REQUEST_DURATION) private readonly histogram: Histogram<'method' | 'route' | 'status'>) {}

  intercept(context: ExecutionContext, next: CallHandler): Observable<unknown> {
    const http = context.switchToHttp();
    const request = http.getRequest<RoutedRequest>();
    const stop = this.histogram.startTimer();
    return next.handle().pipe(
      finalize(() => {
        const { statusCode } = http.getResponse<{ statusCode: number }>();
        const route = request.route?.path ?? request.routeOptions?.url ?? 'unknown';
        stop({ method: request.method, route, status: String(statusCode) });
      }),
    );
  }
}
