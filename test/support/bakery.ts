import { EventEmitter, once } from 'node:events';
import {
  type ArgumentsHost,
  Catch,
  type CallHandler,
  type CanActivate,
  ConflictException,
  Controller,
  type ExecutionContext,
  ForbiddenException,
  GatewayTimeoutException,
  Get,
  Module,
  NotFoundException,
  type NestInterceptor,
  Param,
  ParseIntPipe,
  Post,
  UnauthorizedException,
  UseFilters,
  UseGuards,
  UseInterceptors,
} from '@nestjs/common';
import { BaseExceptionFilter } from '@nestjs/core';
import { Audited, HealthContributor, ObservabilityModule } from '@crowsnest/observability';
import { catchError, type Observable, throwError, timeout } from 'rxjs';

const PATIENCE_MS = 30;

/** Says when a slow loaf is in the oven, and is told when to take it out. */
export const oven = new EventEmitter<{ full: []; empty: [] }>();

/** Believes the name that somebody gives, and lets nobody in who is called mallory. */
class Doorkeeper implements CanActivate {
  canActivate(context: ExecutionContext): boolean {
    const request = context.switchToHttp().getRequest<{ headers: { name?: string }; user?: object }>();
    if (request.headers.name === undefined) throw new UnauthorizedException();
    request.user = { id: request.headers.name };
    return request.headers.name !== 'mallory';
  }
}

class Patience implements NestInterceptor {
  intercept(_: ExecutionContext, next: CallHandler): Observable<unknown> {
    const late = () => throwError(() => new GatewayTimeoutException());
    return next.handle().pipe(timeout(PATIENCE_MS), catchError(late));
  }
}

class NotYourLoaf extends Error {}

@Catch(NotYourLoaf)
class NotYourLoafFilter extends BaseExceptionFilter {
  override catch(_: NotYourLoaf, host: ArgumentsHost): void {
    super.catch(new ForbiddenException(), host);
  }
}

/** Answers in every way in which an app can, each route recorded. */
@Controller('loaves')
@UseGuards(new Doorkeeper())
export class BakeryController {
  @Get(':id')
  @Audited('loaf.read')
  read(@Param('id', ParseIntPipe) id: number): { id: number } {
    if (id === 404) throw new NotFoundException();
    return { id };
  }

  @Post()
  @Audited('loaf.bake')
  bake(): { id: number } {
    return { id: 1 };
  }

  @Post(':id/sell')
  @UseFilters(NotYourLoafFilter)
  @Audited('loaf.sell')
  sell(@Param('id', ParseIntPipe) id: number): never {
    if (id === 403) throw new NotYourLoaf();
    if (id === 409) throw new ConflictException();
    throw new TypeError('the till is undefined');
  }

  @Get(':id/crust')
  @Audited('loaf.brown')
  async brown(): Promise<string> {
    oven.emit('full');
    await once(oven, 'empty');
    return 'brown';
  }

  @Get(':id/core')
  @UseInterceptors(new Patience())
  @Audited('loaf.test')
  async test(): Promise<string> {
    await once(oven, 'empty');
    return 'done';
  }
}

class Oven {
  @HealthContributor('oven')
  isWarm(): boolean {
    return true;
  }
}

@Module({ imports: [ObservabilityModule.forRoot()], controllers: [BakeryController], providers: [Oven] })
export class BakeryModule {}
