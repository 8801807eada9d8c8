import { STATUS_CODES } from 'node:http';
import { HttpException } from '@nestjs/common';
import { BaseExceptionFilter } from '@nestjs/core';

/** An error answer as RFC 9457 describes it. */
export interface ProblemBody {
  readonly type: string;
  readonly title: string;
  readonly status: number;
  readonly detail?: string;
  /** One sentence for each field that is wrong. */
  readonly errors?: readonly string[];
}

const NEST = new BaseExceptionFilter();

/** Says about an exception what its caller may know: what an `HttpException` says itself, of others only the status. */
export function problemOf(exception: unknown): ProblemBody {
  if (exception instanceof HttpException) return ofHttpException(exception);
  const problem = untyped(statusOf(exception));
  if (problem.status >= 500) return { ...problem, detail: 'Something went wrong on our side.' };
  return isForCaller(exception) ? { ...problem, detail: (exception as Error).message } : problem;
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

/** The status is Nest's to say: problem details change how an error is told, not what it is. */
function statusOf(exception: unknown): number {
  if (!NEST.isHttpError(exception)) return 500;
  const { statusCode } = exception;
  return Number.isInteger(statusCode) && statusCode >= 400 && statusCode < 600 ? statusCode : 500;
}

/** Clients of other services carry the status of their answer, too; their messages name what no caller has to know. */
function isForCaller(exception: unknown): boolean {
  const { expose, code } = exception as { expose?: unknown; code?: unknown };
  return expose === true || (typeof code === 'string' && code.startsWith('FST_'));
}

function untyped(status: number): ProblemBody {
  return { type: 'about:blank', title: STATUS_CODES[status] ?? 'Error', status };
}

function textOf(from: Record<string, unknown>, key: string): [string, string][] {
  const text = from[key];
  return typeof text === 'string' ? [[key, text]] : [];
}
