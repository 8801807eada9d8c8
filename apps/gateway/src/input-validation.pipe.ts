import { type ArgumentMetadata, BadRequestException, Injectable, ValidationPipe } from '@nestjs/common';

// Validation is recursive: a body of brackets alone would exhaust its stack.
const MAX_DEPTH = 8;
// class-transformer leaves these fields out before validation could see them.
const DROPPED_IN_SILENCE = ['__proto__', 'constructor'];

/** Turns what comes in into the class that a handler asks for, and refuses whatever that class does not name. */
@Injectable()
export class InputValidationPipe extends ValidationPipe {
  constructor() {
    super({ transform: true, whitelist: true, forbidNonWhitelisted: true });
  }

  override async transform(value: unknown, metadata: ArgumentMetadata): Promise<unknown> {
    refuseTraps(value, MAX_DEPTH);
    return super.transform(value, metadata);
  }
}

function refuseTraps(value: unknown, depth: number): void {
  if (typeof value !== 'object' || value === null) return;
  if (depth === 0) throw new BadRequestException('The request is nested too deeply.');
  for (const [key, inner] of Object.entries(value)) {
    if (DROPPED_IN_SILENCE.includes(key)) throw new BadRequestException(`property ${key} should not exist`);
    refuseTraps(inner, depth - 1);
  }
}
