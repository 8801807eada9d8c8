import { setTimeout as sleep } from 'node:timers/promises';
import {
  type ArgumentsHost,
  type CanActivate,
  Catch,
  ConflictException,
  Controller,
  ForbiddenException,
  Get,
  Injectable,
  Param,
  ParseIntPipe,
  UnauthorizedException,
  UseFilters,
  UseGuards,
  UseInterceptors,
} from '@nestjs/common';
import { BaseExceptionFilter } from '@nestjs/core';
import { of } from 'rxjs';
import { describe, expect, it } from 'vitest';
import { Audited } from './audited.decorator.js';
import { ADAPTERS, AuditedApp, authenticate } from './audited-app.fixture.js';
import { AuditInterceptor } from './audit.interceptor.js';
import { NotAudited } from '#observation';

@Injectable()
class Recipes {
  calls = 0;

  @Audited({ action: 'recipe.read', target: ({ args: [id] }) => ({ type: 'recipe', id }) })
  async read(id: string): Promise<string> {
    this.calls += 1;
    if (id === 'secret') throw new ForbiddenException('This recipe is secret.');
    if (id === 'gone') throw new ConflictException();
    return id;
  }
}

@Injectable()
class Login implements CanActivate {
  canActivate = authenticate;
}

@Injectable()
class Nobody implements CanActivate {
  canActivate(): never {
    throw new UnauthorizedException('A token is needed.');
  }
}

class NotYourRecipe extends Error {}

@Catch(NotYourRecipe)
class NotYourRecipeFilter extends BaseExceptionFilter {
  override catch(_: NotYourRecipe, host: ArgumentsHost): void {
    super.catch(new ForbiddenException(), host);
  }
}

const pathId = (path: string | undefined): string => path!.split('/').at(-1)!;

@Controller('recipes')
@UseGuards(Login)
class RecipesController {
  called: string[] = [];

  constructor(private readonly recipes: Recipes) {}

  @Get('of/:id')
  of(@Param('id') id: string): Promise<string> {
    return this.recipes.read(id);
  }

  @Get('direct/:id')
  @Audited({ action: 'recipe.show', target: ({ request }) => ({ type: 'recipe', id: pathId(request?.path) }) })
  @UseFilters(NotYourRecipeFilter)
  show(@Param('id', ParseIntPipe) id: number): string {
    this.called.push(`show ${id}`);
    if (id === 500) throw new TypeError('no such thing');
    if (id === 403) throw new ForbiddenException();
    if (id === 42) throw new NotYourRecipe();
    return `${id}`;
  }

  @Get('slow')
  @Audited('recipe.cook')
  async slow(): Promise<string> {
    await sleep(200);
    return 'done';
  }

  @Get('nobody')
  @UseGuards(Nobody)
  @Audited('recipe.none')
  nobody(): void {
    this.called.push('nobody');
  }

  @Get('stream')
  @Audited('recipe.stream')
  stream() {
    return of('soup');
  }

  @Get('foreign/:id')
  @UseInterceptors(AuditInterceptor.for({ action: 'recipe.foreign' }))
  foreign(@Param('id') id: string): string {
    if (id === 'bad') throw new ConflictException('no');
    return id;
  }
}

@Audited()
@Injectable()
class Cellar {
  open(): string {
    return 'open';
  }

  @NotAudited()
  look(): string {
    return 'dark';
  }
}

const PARTS = { providers: [Recipes, Cellar], controllers: [RecipesController] };

const kitchen = (adapter?: ReturnType<(typeof ADAPTERS)[number][1]>): Promise<AuditedApp> =>
  AuditedApp.start({ ...PARTS, adapter });

describe.each(ADAPTERS)('@Audited() on %s', (_, adapter) => {
  it('records a call within a request once, with its actor, target and request', async () => {
    await using app = await kitchen(adapter());
    const response = await app.fetch('/recipes/of/pie', 'ada', { headers: { 'x-user': 'mallory' } });
    const [record, ...rest] = await app.records(1);
    expect(rest).toEqual([]);
    expect(record).toMatchObject({
      schema: 'audit.record/1',
      event: 'recipe.read',
      action: 'READ',
      outcome: 'success',
      actor: { id: 'ada', type: 'user' },
      targets: [{ type: 'recipe', id: 'pie' }],
      request: {
        level: 'Metadata',
        transport: 'http',
        id: response.headers.get('x-request-id'),
        method: 'GET',
        route: '/recipes/of/:id',
        ip: '127.0.0.1',
      },
      service: { name: 'kitchen', version: '1.2.3', instance: 'one', env: 'test' },
      seq: 1,
    });
    expect(record!.id).toMatch(/^[\da-f]{8}-[\da-f]{4}-7/);
    expect(record!.time <= record!.observedTime).toBe(true);
    expect(record!.reason).toBeUndefined();
  });

  it.each([
    ['/recipes/of/secret', 'denied', 'ForbiddenException', 'This recipe is secret.'],
    ['/recipes/of/gone', 'failure', 'ConflictException', 'Conflict'],
  ])('records how a call at %s ended: %s', async (path, outcome, errorType, reason) => {
    await using app = await kitchen(adapter());
    await app.fetch(path, 'ada');
    expect(await app.records(1)).toMatchObject([{ outcome, errorType, reason, actor: { id: 'ada' } }]);
  });

  it.each([
    ['1', 'ada', 200, 'success', ['show 1']],
    ['1', 'guest', 403, 'denied', []],
    ['403', 'ada', 403, 'denied', ['show 403']],
    ['42', 'ada', 403, 'denied', ['show 42']],
    ['500', 'ada', 500, 'failure', ['show 500']],
    ['pie', 'ada', 400, 'failure', []],
  ])('records the request for a handler once, %s by %s: %i is %s', async (id, user, status, outcome, called) => {
    await using app = await kitchen(adapter());
    const response = await app.fetch(`/recipes/direct/${id}`, user);
    expect(response.status).toBe(status);
    expect(await app.records(1)).toMatchObject([
      {
        event: 'recipe.show',
        outcome,
        actor: { id: user },
        targets: [{ type: 'recipe', id }],
        request: { status, route: '/recipes/direct/:id' },
      },
    ]);
    expect(app.nest.get(RecipesController).called).toEqual(called);
  });

  it('records what a guard refuses to somebody unknown as anonymous, and why', async () => {
    await using app = await kitchen(adapter());
    expect((await app.fetch('/recipes/nobody')).status).toBe(401);
    const [record, ...rest] = await app.records(1);
    expect(rest).toEqual([]);
    expect(record).toMatchObject({ event: 'recipe.none', outcome: 'denied', actor: { id: 'anonymous', type: 'user' } });
    expect(record!.reason).toBe('A token is needed.; the request has no verified principal');
    expect(app.nest.get(RecipesController).called).toEqual([]);
  });

  it('records a handler whose client went away once, as unknown', async () => {
    await using app = await kitchen(adapter());
    const gone = app.fetch('/recipes/slow', 'ada', { signal: AbortSignal.timeout(60) });
    await expect(gone).rejects.toThrow();
    await sleep(300);
    expect(await app.records(1)).toMatchObject([{ event: 'recipe.cook', outcome: 'unknown', actor: { id: 'ada' } }]);
  });

  it('records handlers that give Observables, and those that only an interceptor can see', async () => {
    await using app = await kitchen(adapter());
    await app.fetch('/recipes/stream', 'ada');
    await app.fetch('/recipes/foreign/pie', 'ada');
    await app.fetch('/recipes/foreign/bad', 'ada');
    const records = await app.records(3);
    expect(records.map(({ event, outcome, actor }) => `${event} ${outcome} ${actor.id}`)).toEqual([
      'recipe.stream success ada',
      'recipe.foreign success ada',
      'recipe.foreign failure ada',
    ]);
  });
});

describe('@Audited()', () => {
  it('records calls outside of any request, of all methods of a class but those that opted out', async () => {
    await using app = await kitchen();
    app.nest.get(Cellar).open();
    app.nest.get(Cellar).look();
    const [record, ...rest] = await app.records(1);
    expect(rest).toEqual([]);
    expect(record).toMatchObject({
      event: 'Cellar.open',
      action: 'OPEN',
      actor: { id: 'anonymous', type: 'system' },
      reason: 'no actor was named, and there is no request',
    });
  });

  it.each([
    [() => Audited({ acton: 'x' } as never), '@Audited: "acton" is no option. Use one of action,'],
    [() => Audited('order place'), '@Audited: action "order place" is no name.'],
    [() => Audited({ mode: 'sync' } as never), `@Audited: mode "sync" is no mode. Use 'async' or 'strict'.`],
  ])('refuses a wrong option where it stands', (decorate, message) => {
    expect(decorate).toThrow(message);
  });
});
