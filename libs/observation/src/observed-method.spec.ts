import 'reflect-metadata';
import { Readable } from 'node:stream';
import { setImmediate } from 'node:timers/promises';
import { Controller, Get, Injectable, Module, SetMetadata } from '@nestjs/common';
import { NestFactory, Reflector } from '@nestjs/core';
import { concat, EMPTY, firstValueFrom, lastValueFrom, NEVER, Observable, of, Subject, throwError } from 'rxjs';
import { describe, expect, it } from 'vitest';
import type { MethodObservation } from './method-observation.js';
import { ObservationModule } from './observation.module.js';
import { Observations } from './observations.js';
import { markMethods, observedMethodOf } from './observed-method.js';
import { NotTraced } from './opt-out.decorator.js';
import { currentObservation, leaveProcess } from './process-wide.js';

const Watched = (options: unknown = {}) => markMethods('watched', options, 'tracing');
const Other = () => markMethods('other', {});

@Injectable()
class Kitchen {
  @Watched()
  cook(dish: string): string {
    return `${dish} in ${(currentObservation() as MethodObservation).methodName}`;
  }

  @Watched()
  @Other()
  burn(): never {
    throw new RangeError('too hot');
  }

  @Watched()
  async order(dish: string): Promise<string> {
    await Promise.resolve();
    if (dish === 'unicorn') throw new RangeError('extinct');
    return dish;
  }

  @Watched()
  courses(): Observable<string> {
    return of('soup', 'fish');
  }

  @Watched()
  spoiled(): Observable<string> {
    return concat(
      of('soup'),
      throwError(() => new RangeError('sour')),
    );
  }

  @Watched()
  never(): Observable<string> {
    return NEVER;
  }

  @Watched()
  nothing(): Observable<string> {
    return EMPTY;
  }

  readonly bell = new Subject<string>();

  @Watched()
  ring(): Subject<string> {
    return this.bell;
  }

  @Watched()
  async *plates(count: number): AsyncGenerator<number> {
    for (let plate = 0; plate < count; plate++) {
      expect(currentObservation()?.kind).toBe('method');
      yield plate;
    }
    if (count === 2) throw new RangeError('dropped');
  }

  @Watched()
  pages(count: number): AsyncIterable<number> {
    return {
      [Symbol.asyncIterator]() {
        let page = 0;
        return { next: async () => (page < count ? { done: false, value: page++ } : { done: true, value: undefined }) };
      },
    };
  }

  @Watched()
  pipe(broken: boolean): Readable {
    return broken ? new Readable({ read() {} }) : Readable.from(['soup']);
  }

  queries = 0;

  @Watched()
  query(): PromiseLike<string> {
    const run = (): string => `run ${++this.queries}`;
    return { then: (onFulfilled) => Promise.resolve(run()).then(onFulfilled) } as PromiseLike<string>;
  }

  @Other()
  unfollowed(): string {
    return String(currentObservation()?.kind);
  }
}

@Injectable()
@Watched('of the class')
class Waiter {
  @Watched('of the method')
  serve(): string {
    return 'served';
  }

  bow(): string {
    return 'bowed';
  }

  @NotTraced()
  whisper(): string {
    return 'whispered';
  }
}

@Injectable()
class HeadWaiter extends Waiter {}

@Controller()
class MenuController {
  @Watched()
  @Get('above')
  @SetMetadata('role', 'cook')
  above(first: string, second: string): string {
    return first + second;
  }

  @Get('below')
  @SetMetadata('role', 'cook')
  @Watched()
  below(): string {
    return 'below';
  }
}

@Module({ imports: [ObservationModule], providers: [Kitchen, Waiter, HeadWaiter], controllers: [MenuController] })
class RestaurantModule {}

async function open() {
  const nest = await NestFactory.createApplicationContext(RestaurantModule, { logger: false });
  const observed: MethodObservation[] = [];
  const observations = nest.get(Observations);
  observations.register({
    component: 'spec',
    aspects: ['watched'],
    stopped: (observation) => void (observation.kind === 'method' && observed.push(observation)),
  });
  return {
    nest,
    observed,
    observations,
    kitchen: nest.get(Kitchen),
    async [Symbol.asyncDispose]() {
      await nest.close();
      leaveProcess(observations);
    },
  };
}

const summary = ({ className, methodName, outcome, errorType }: MethodObservation) =>
  [`${className}.${methodName}`, outcome, errorType].filter(Boolean).join(' ');

describe('a marked method', () => {
  it('is observed once for a value and for what it throws, however many marks it has', async () => {
    await using app = await open();
    expect(app.kitchen.cook('fish')).toBe('fish in cook');
    expect(() => app.kitchen.burn()).toThrow(RangeError);
    expect(app.observed.map(summary)).toEqual(['Kitchen.cook success', 'Kitchen.burn failure RangeError']);
    expect([...app.observed[1]!.method.aspects.keys()]).toEqual(['other', 'watched']);
  });

  it('is observed until its promise has settled', async () => {
    await using app = await open();
    const order = app.kitchen.order('fish');
    expect(app.observed).toEqual([]);
    expect(await order).toBe('fish');
    await expect(app.kitchen.order('unicorn')).rejects.toThrow('extinct');
    expect(app.observed.map(summary)).toEqual(['Kitchen.order success', 'Kitchen.order failure RangeError']);
    expect(app.observed[0]!.result).toBe('fish');
  });

  it('is observed until its Observable has ended or was left', async () => {
    await using app = await open();
    expect(await lastValueFrom(app.kitchen.courses())).toBe('fish');
    await expect(lastValueFrom(app.kitchen.spoiled())).rejects.toThrow('sour');
    expect(await firstValueFrom(app.kitchen.courses())).toBe('soup');
    app.kitchen.never().subscribe().unsubscribe();
    await lastValueFrom(app.kitchen.nothing(), { defaultValue: '' });
    expect(app.observed.map(summary)).toEqual([
      'Kitchen.courses success',
      'Kitchen.spoiled failure RangeError',
      'Kitchen.courses success',
      'Kitchen.never unknown',
      'Kitchen.nothing success',
    ]);
  });

  it('hands a Subject on as it is', async () => {
    await using app = await open();
    expect(app.kitchen.ring()).toBe(app.kitchen.bell);
  });

  it('is observed until its async generator is done, left or fails', async () => {
    await using app = await open();
    const plates: number[] = [];
    for await (const plate of app.kitchen.plates(3)) plates.push(plate);
    for await (const plate of app.kitchen.plates(9)) if (plate === 1) break;
    const dropped = async () => {
      for await (const plate of app.kitchen.plates(2)) plates.push(plate);
    };
    await expect(dropped()).rejects.toThrow('dropped');
    expect(plates).toEqual([0, 1, 2, 0, 1]);
    expect(app.observed.map(summary)).toEqual([
      'Kitchen.plates success',
      'Kitchen.plates success',
      'Kitchen.plates failure RangeError',
    ]);
  });

  it('is observed until another async iterable has been iterated over', async () => {
    await using app = await open();
    const pages = app.kitchen.pages(2);
    expect(app.observed).toEqual([]);
    expect(await Array.fromAsync(pages)).toEqual([0, 1]);
    expect(app.observed.map(summary)).toEqual(['Kitchen.pages success']);
  });

  it('is observed until its stream has ended or broken', async () => {
    await using app = await open();
    const whole = app.kitchen.pipe(false);
    expect(app.observed).toEqual([]);
    expect(await whole.toArray()).toEqual(['soup']);
    const broken = app.kitchen.pipe(true);
    broken.on('error', () => undefined).destroy(new RangeError('spilled'));
    await setImmediate();
    expect(app.observed.map(summary)).toEqual(['Kitchen.pipe success', 'Kitchen.pipe failure RangeError']);
  });

  it('leaves it to the caller to run a lazy thenable', async () => {
    await using app = await open();
    const query = app.kitchen.query();
    await Promise.resolve();
    expect(app.kitchen.queries).toBe(0);
    expect(await query).toBe('run 1');
    expect(app.observed.map(summary)).toEqual(['Kitchen.query success']);
  });

  it('is called plainly when nobody follows its marks, or when its instance belongs to no app', async () => {
    await using app = await open();
    expect(app.kitchen.unfollowed()).toBe('undefined');
    const loose = new Kitchen();
    expect(await loose.order('fish')).toBe('fish');
    expect(app.observed).toEqual([]);
  });

  it('keeps name, length and metadata, above and below the decorators of Nest', () => {
    const { above, below } = MenuController.prototype;
    expect([above.name, above.length]).toEqual(['above', 2]);
    const reflector = new Reflector();
    expect([reflector.get('role', above), reflector.get('role', below)]).toEqual(['cook', 'cook']);
    expect([Reflect.getMetadata('path', above), Reflect.getMetadata('path', below)]).toEqual(['above', 'below']);
  });

  it('is known to the app by the class that runs, inherited ones included', async () => {
    await using app = await open();
    app.nest.get(HeadWaiter).serve();
    expect(app.observed.map(summary)).toEqual(['HeadWaiter.serve success']);
    const sites = app.observations.methods.map(({ className, method }) => `${className}.${method.name}`);
    expect(sites).toEqual(
      expect.arrayContaining(['Waiter.serve', 'HeadWaiter.serve', 'Waiter.bow', 'MenuController.above']),
    );
  });
});

describe('a mark on a class', () => {
  it('marks all its methods but those that opted out, and gives way to a mark on the method itself', () => {
    const marks = (method: unknown) => observedMethodOf(method)?.aspects.get('watched');
    expect(marks(Waiter.prototype.bow)).toEqual(['of the class']);
    expect(marks(Waiter.prototype.serve)).toEqual(['of the method']);
    expect(marks(Waiter.prototype.whisper)).toBeUndefined();
  });
});

describe('a mark on something else', () => {
  it('is refused with the name of the property', () => {
    const descriptor = { get: () => 1, configurable: true };
    expect(() => Watched()(Kitchen.prototype, 'size', descriptor as never)).toThrow(
      'Kitchen.size is no method, so nothing can observe its calls',
    );
  });
});
