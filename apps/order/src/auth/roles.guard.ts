import { type CanActivate, type ExecutionContext, ForbiddenException, Injectable } from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import type { Request } from 'express';
import type { Actor } from './actor.js';
import { Roles } from './roles.decorator.js';

/** Refuses an actor whose role the handler does not name. */
@Injectable()
export class RolesGuard implements CanActivate {
  constructor(private readonly reflector: Reflector) {}

  canActivate(context: ExecutionContext): boolean {
    const roles = this.reflector.getAllAndOverride(Roles, [context.getHandler(), context.getClass()]);
    const { user } = context.switchToHttp().getRequest<Request & { user: Actor }>();
    if (!roles || roles.includes(user.role)) return true;
    throw new ForbiddenException(`This needs the role ${roles.join(' or ')}.`);
  }
}
