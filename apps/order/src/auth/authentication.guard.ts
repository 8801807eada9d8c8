import { type CanActivate, type ExecutionContext, Injectable, UnauthorizedException } from '@nestjs/common';
import type { Request, Response } from 'express';
import type { Actor } from './actor.js';
import { TokenRefused, TokenVerifier } from './token-verifier.js';

/** Lets a request in only with a valid bearer token, and puts its actor on `request.user`. */
@Injectable()
export class AuthenticationGuard implements CanActivate {
  constructor(private readonly verifier: TokenVerifier) {}

  async canActivate(context: ExecutionContext): Promise<boolean> {
    const request = context.switchToHttp().getRequest<Request & { user?: Actor }>();
    const response = context.switchToHttp().getResponse<Response>();
    const token = /^Bearer +(\S+)$/i.exec(request.headers.authorization ?? '')?.[1];
    if (!token) {
      response.setHeader('WWW-Authenticate', 'Bearer realm="crowsnest-samples"');
      throw new UnauthorizedException('A bearer token is needed.');
    }
    try {
      request.user = await this.verifier.verify(token);
      return true;
    } catch (cause) {
      if (!(cause instanceof TokenRefused)) throw cause;
      response.setHeader('WWW-Authenticate', 'Bearer realm="crowsnest-samples", error="invalid_token"');
      throw new UnauthorizedException(cause.message, { cause });
    }
  }
}
