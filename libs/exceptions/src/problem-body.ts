import { STATUS_CODES } from 'node:http';
import { HttpException } from '@nestjs/common';

/** An error answer as RFC 9457 describes it. */
export interface ProblemBody {
  readonly type: string;
  readonly title: string;
  readonly status: number;
  readonly detail?: string;
  /** One sentence for each field that is wrong. */
  readonly errors?: readonly string[];
}

/** Says about an exception what its caller may know: what an `HttpException` says itself, of others only the status. */
export function problemOf(exception: unknown): ProblemBody {
  if (exception instanceof HttpException) return ofHttpException(exception);
  const refusal = refusalOf(exception);
  if (refusal !== undefined) return { ...untyped(refusal.status), detail: refusal.message };
  return { ...untyped(500), detail: 'Something went wrong on our side.' };
}

function ofHttpException(exception: HttpException): ProblemBody {
  const answer = exception.getResponse();
  const given = (typeof answer === 'string' ? { message: answer } : answer) as Record<string, unknown>;
  const { message } = given;
  const own = Object.fromEntries(['type', 'title', 'detail'].flatMap((key) => textOf(given, key)));
  const problem = { ...untyped(exception.getStatus()), ...own };
  if (Array.isArray(message)) {
    return { ...problem, detail: 'The request does not have the expected form.', errors: message.map(String) };
  }
  return typeof message === 'string' ? { ...problem, detail: message } : problem;
}

/** Body parsers throw plain errors that carry a status, and a message that is meant for the caller. */
function refusalOf(exception: unknown): { status: number; message: string } | undefined {
  const { statusCode, expose, message } = (exception ?? {}) as Record<string, unknown>;
  if (!(exception instanceof Error) || typeof statusCode !== 'number' || expose === false) return undefined;
  return statusCode >= 400 && statusCode < 500 ? { status: statusCode, message: String(message) } : undefined;
}

function untyped(status: number): ProblemBody {
  return { type: 'about:blank', title: STATUS_CODES[status] ?? 'Error', status };
}

function textOf(from: Record<string, unknown>, key: string): [string, string][] {
  const text = from[key];
  return typeof text === 'string' ? [[key, text]] : [];
}
