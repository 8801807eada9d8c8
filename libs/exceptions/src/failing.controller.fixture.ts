import type { ServerResponse } from 'node:http';
import {
  type ArgumentsHost,
  BadGatewayException,
  BadRequestException,
  type CanActivate,
  Catch,
  Controller,
  type ExceptionFilter,
  Get,
  HttpException,
  NotFoundException,
  Post,
  Res,
  UnauthorizedException,
  UseFilters,
  UseGuards,
} from '@nestjs/common';
import { HttpAdapterHost } from '@nestjs/core';

/** Taken by a filter of a user for the whole app. */
export class StockEmpty extends Error {}

@Catch(StockEmpty)
export class StockFilter implements ExceptionFilter {
  constructor(private readonly host: HttpAdapterHost) {}

  catch(error: StockEmpty, host: ArgumentsHost): void {
    const status = error.message === 'broken' ? 503 : 409;
    this.host.httpAdapter.reply(host.switchToHttp().getResponse(), { stock: 'empty' }, status);
  }
}

@Catch()
class QuietFilter implements ExceptionFilter {
  catch(_error: unknown, host: ArgumentsHost): void {
    const response = host.switchToHttp().getResponse<{ status(code: number): { send(body: unknown): void } }>();
    response.status(202).send({ quiet: true });
  }
}

class Bouncer implements CanActivate {
  canActivate(): boolean {
    return false;
  }
}

interface Headers {
  header(name: string, value: string): void;
}

/** Ends its requests in every way that an exception can. */
@Controller()
export class FailingController {
  @Get('bug')
  bug(): never {
    throw new TypeError('dough is undefined at db.internal.example');
  }

  @Get('bugs/:id')
  async otherBug(): Promise<never> {
    await Promise.resolve();
    throw new RangeError('another one');
  }

  @Get('gateway')
  gateway(): never {
    throw new BadGatewayException('no answer', { cause: new Error('ECONNREFUSED db.internal.example') });
  }

  @Get('refusal')
  refusal(): never {
    throw new BadRequestException(['name must be a string', 'size must be a number']);
  }

  @Get('text')
  text(): never {
    throw 'a text';
  }

  @Get('nothing')
  nothing(): never {
    throw undefined;
  }

  @Get('own')
  own(): never {
    throw new HttpException({ type: 'https://errors.example/oven', title: 'Oven cold', detail: 'Heat it.' }, 424);
  }

  @Get('exposed')
  exposed(): never {
    throw Object.assign(new Error('too sour'), { statusCode: 422, status: 422, expose: true });
  }

  @Get('foreign')
  foreign(): never {
    throw Object.assign(new Error('SELECT of another service'), { statusCode: 404, code: 'ERR_NO_INDEX' });
  }

  @Get('unexposed')
  unexposed(): never {
    throw Object.assign(new Error('ENOENT db.internal'), { statusCode: 404, status: 404, expose: false });
  }

  @Get('hidden')
  hidden(): never {
    throw Object.assign(new Error('SELECT secret'), { statusCode: 500, status: 500, expose: false });
  }

  @Get('headers')
  headers(@Res({ passthrough: true }) response: Headers): never {
    response.header('WWW-Authenticate', 'Bearer realm="kitchen"');
    response.header('Retry-After', '7');
    throw new UnauthorizedException('no token');
  }

  @Get('denied')
  @UseGuards(Bouncer)
  denied(): void {}

  @Get('quiet')
  @UseFilters(QuietFilter)
  quiet(): never {
    throw new Error('a filter of the handler takes it');
  }

  @Get('stock')
  stock(): never {
    throw new StockEmpty('a filter of the app takes it');
  }

  @Get('broken-stock')
  brokenStock(): never {
    throw new StockEmpty('broken');
  }

  @Get('gone')
  gone(): never {
    throw new NotFoundException();
  }

  @Get('half')
  half(@Res() response: ServerResponse & { raw?: ServerResponse }): Promise<never> {
    const raw = response.raw ?? response;
    return new Promise((_, reject) => {
      raw.write('the first half', () => reject(new Error('no second half')));
    });
  }

  @Post('bug')
  post(): string {
    return 'posted';
  }
}
