import { Reflector } from '@nestjs/core';
import type { Role } from './actor.js';

/** Names the roles that may call a handler; without it every authenticated actor may. */
export const Roles = Reflector.createDecorator<Role[]>();
