import { STATUS_CODES } from 'node:http';
import { type ArgumentsHost, Catch, type ExceptionFilter, HttpException, Logger } from '@nestjs/common';
import { currentObservation } from '@crowsnest/observability';
import type { Request, Response } from 'express';

interface Problem {
  type: string;
  title: string;
  status: number;
  detail?: string;
  /** One sentence for each field that is wrong. */
  errors?: string[];
}

/** Answers every error as problem details (RFC 9457); what is not meant for the caller goes to the log alone. */
@Catch()
export class ProblemDetailsFilter implements ExceptionFilter {
  private readonly logger = new Logger('ProblemDetails');

  catch(error: unknown, host: ArgumentsHost): void {
    const request = host.switchToHttp().getRequest<Request>();
    const response = host.switchToHttp().getResponse<Response>();
    const problem = problemOf(error);
    if (problem.status >= 500) this.logger.error(error);
    if (response.headersSent) {
      response.destroy();
      return;
    }
    const observation = currentObservation();
    response
      .status(problem.status)
      .type('application/problem+json')
      .json({
        ...problem,
        // The query stays out: it may hold what the caller would not want to see in a ticket.
        instance: request.originalUrl.split('?')[0],
        requestId: observation?.kind === 'http.server' ? observation.requestId : undefined,
        traceId: observation?.trace?.traceId,
      });
  }
}

function problemOf(error: unknown): Problem {
  if (error instanceof HttpException) return fromHttpException(error);
  // Body parsers throw plain errors that carry a status.
  const status = (error as { statusCode?: unknown } | null)?.statusCode;
  if (error instanceof Error && typeof status === 'number' && status >= 400 && status < 500) {
    return { ...untyped(status), detail: error.message };
  }
  return { ...untyped(500), detail: 'Something went wrong on our side.' };
}

function fromHttpException(error: HttpException): Problem {
  const answer = error.getResponse();
  const given = typeof answer === 'string' ? { message: answer } : (answer as Partial<Problem> & { message?: unknown });
  const problem = { ...untyped(error.getStatus()), ...pick(given, 'type', 'title', 'detail') };
  if (Array.isArray(given.message)) {
    return { ...problem, detail: 'The request does not have the expected form.', errors: given.message.map(String) };
  }
  return typeof given.message === 'string' ? { ...problem, detail: given.message } : problem;
}

function untyped(status: number): Problem {
  return { type: 'about:blank', title: STATUS_CODES[status] ?? 'Error', status };
}

function pick<T extends object, K extends keyof T>(from: T, ...keys: K[]): Pick<T, K> {
  return Object.fromEntries(keys.filter((key) => from[key] !== undefined).map((key) => [key, from[key]])) as Pick<T, K>;
}
