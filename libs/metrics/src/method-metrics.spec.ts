import { Injectable, type Type } from '@nestjs/common';
import { firstValueFrom, lastValueFrom, NEVER, type Observable, of, throwError } from 'rxjs';
import { describe, expect, it } from 'vitest';
import { currentApp, Observed } from '#observation';
import { Counted } from './counted.decorator.js';
import { MeasuredApp, OPEN_METRICS_ACCEPT } from './measured-app.fixture.js';
import { Timed } from './timed.decorator.js';

class Burnt extends Error {}

@Injectable()
class Kitchen {
  @Timed()
  @Counted()
  cook(dish: string): string {
    if (dish === 'toast') throw new Burnt();
    return dish;
  }

  @Timed()
  async bake(dish: string): Promise<string> {
    await Promise.resolve();
    if (dish === 'toast') throw new Burnt();
    return dish;
  }

  @Timed()
  courses(dish: string): Observable<string> {
    return dish === 'toast' ? throwError(() => new Burnt()) : of('soup', dish);
  }

  @Counted()
  wait(): Observable<never> {
    return NEVER;
  }

  @Timed()
  async *plates(count: number): AsyncGenerator<number> {
    for (let plate = 0; plate < count; plate++) yield plate;
    if (count === 0) throw new Burnt();
  }

  oven: () => void = () => {};

  @Timed({ name: 'dish.roast', description: 'How long it roasts.', objectives: [0.3, 0.5], longTask: true })
  roast(): Promise<void> {
    return new Promise((resolve) => (this.oven = resolve));
  }

  @Counted({ name: 'served_dishes', countOn: 'success' })
  @Counted({ name: 'broken_dishes', countOn: 'failure' })
  @Counted('tried_dishes')
  serve(dish: string): string {
    return this.cook(dish);
  }

  @Counted({
    name: 'weighed_dishes',
    labels: { scale: 'big', size: ({ args: [grams] }) => ((grams as number) > 500 ? 'large' : 'small') },
  })
  weigh(grams: number): number {
    return grams;
  }

  @Counted({ name: 'odd_dishes', labels: { first: ({ args }) => (args[0] as string).at(0), gone: () => undefined } })
  label(dish: unknown): unknown {
    return dish;
  }

  @Observed('dish.price', { description: 'How long pricing takes.' })
  @Timed('dish.price')
  price(): number {
    return 12;
  }
}

@Timed()
@Injectable()
class Waiter {
  bow(): string {
    return 'bow';
  }
}

@Injectable()
class HeadWaiter extends Waiter {}

const start = (...providers: Type[]) =>
  MeasuredApp.start({ providers: providers.length > 0 ? providers : [Kitchen, Waiter, HeadWaiter] });

const counts = async (app: MeasuredApp, name: string, labels: Record<string, string> = {}) =>
  (await app.samples(name, labels)).map(({ labels: { outcome, error, ...rest }, value }) =>
    [rest['class'] && `${rest['class']}.${rest['method']}`, outcome, error, value]
      .filter((one) => one !== undefined)
      .join(' '),
  );
async function all<T>(items: AsyncIterable<T>): Promise<T[]> {
  const found: T[] = [];
  for await (const item of items) found.push(item);
  return found;
}

const timed = (app: MeasuredApp, method: string) => counts(app, 'method_duration_seconds_count', { method });

describe('@Timed', () => {
  it('measures values, promises, Observables and async generators until they have ended', async () => {
    await using app = await start();
    const kitchen = app.nest.get(Kitchen);
    expect(kitchen.cook('fish')).toBe('fish');
    expect(() => kitchen.cook('toast')).toThrow(Burnt);
    expect(await kitchen.bake('fish')).toBe('fish');
    await expect(kitchen.bake('toast')).rejects.toThrow(Burnt);
    expect(await lastValueFrom(kitchen.courses('fish'))).toBe('fish');
    await expect(firstValueFrom(kitchen.courses('toast'))).rejects.toThrow(Burnt);
    expect(await all(kitchen.plates(2))).toEqual([0, 1]);
    await expect(all(kitchen.plates(0))).rejects.toThrow(Burnt);
    for (const method of ['cook', 'bake', 'courses', 'plates']) {
      expect(await timed(app, method)).toEqual([
        `Kitchen.${method} success none 1`,
        `Kitchen.${method} failure Burnt 1`,
      ]);
    }
  });

  it('has a series with 0 from the start', async () => {
    await using app = await start();
    expect(await timed(app, 'cook')).toEqual(['Kitchen.cook success none 0']);
  });

  it('on a class measures its methods, a subclass under its own name', async () => {
    await using app = await start();
    app.nest.get(HeadWaiter).bow();
    expect(await timed(app, 'bow')).toEqual(['Waiter.bow success none 0', 'HeadWaiter.bow success none 1']);
  });

  it('with a name makes a histogram of its own, with objectives as bounds and calls under way as a gauge', async () => {
    await using app = await start();
    const kitchen = app.nest.get(Kitchen);
    expect(await app.value('dish_roast_active')).toBe(0);
    const done = kitchen.roast();
    expect(await app.value('dish_roast_active', { class: 'Kitchen', method: 'roast' })).toBe(1);
    kitchen.oven();
    await done;
    expect(await app.value('dish_roast_active')).toBe(0);
    expect(await counts(app, 'dish_roast_seconds_count')).toEqual(['Kitchen.roast success none 1']);
    const bounds = (await app.samples('dish_roast_seconds_bucket')).map(({ labels }) => labels['le']);
    expect(bounds.join(' ')).toBe('0.005 0.01 0.025 0.05 0.075 0.1 0.25 0.3 0.5 0.75 1 2.5 5 7.5 10 +Inf');
    expect((await app.families()).find(({ name }) => name === 'dish_roast_seconds')!.help).toBe('How long it roasts.');
  });

  it('counts a call once when @Observed has the same name', async () => {
    await using app = await start();
    app.nest.get(Kitchen).price();
    expect(await counts(app, 'dish_price_seconds_count')).toEqual(['Kitchen.price success none 1']);
  });

  it('points to the trace of the request in which the method was called', async () => {
    await using app = await start();
    app.observations.register({
      component: 'spec',
      aspects: ['timed'],
      started: (observation) => {
        if (observation.kind !== 'method' || observation.methodName !== 'serve') return;
        observation.trace = { traceId: 'c'.repeat(32), spanId: 'd'.repeat(16), traceFlags: 1 };
      },
    });
    app.nest.get(Kitchen).serve('fish');
    const buckets = await app.samples('method_duration_seconds_bucket', { method: 'cook' }, OPEN_METRICS_ACCEPT);
    const pointing = buckets.filter(({ exemplar }) => exemplar !== undefined);
    expect(pointing.map(({ exemplar }) => exemplar!.labels)).toEqual([
      { trace_id: 'c'.repeat(32), span_id: 'd'.repeat(16) },
    ]);
  });
});

describe('@Counted', () => {
  it('counts calls by how they ended, abandoned ones as unknown', async () => {
    await using app = await start();
    const kitchen = app.nest.get(Kitchen);
    kitchen.cook('fish');
    expect(() => kitchen.cook('toast')).toThrow(Burnt);
    kitchen.wait().subscribe().unsubscribe();
    expect(await counts(app, 'method_calls_total')).toEqual([
      'Kitchen.cook success none 1',
      'Kitchen.wait success none 0',
      'Kitchen.cook failure Burnt 1',
      'Kitchen.wait unknown none 1',
    ]);
  });

  it('counts what countOn says, several times over on one method, and has 0 from the start', async () => {
    await using app = await start();
    const kitchen = app.nest.get(Kitchen);
    const all = async () => [
      await app.samples('served_dishes_total'),
      await app.samples('broken_dishes_total'),
      await app.samples('tried_dishes_total'),
    ];
    const series = (served: number, broken: number) => [
      [{ name: 'served_dishes_total', labels: {}, value: served }],
      [{ name: 'broken_dishes_total', labels: {}, value: broken }],
      [
        { name: 'tried_dishes_total', labels: { outcome: 'success' }, value: served },
        { name: 'tried_dishes_total', labels: { outcome: 'failure' }, value: broken },
      ],
    ];
    expect(await all()).toEqual(series(0, 0));
    for (const dish of ['fish', 'soup', 'salad']) kitchen.serve(dish);
    expect(() => kitchen.serve('toast')).toThrow(Burnt);
    expect(await all()).toEqual(series(3, 1));
  });

  it('takes labels that are fixed or told by the call', async () => {
    await using app = await start();
    for (const grams of [100, 200, 900]) app.nest.get(Kitchen).weigh(grams);
    expect((await app.samples('weighed_dishes_total')).map(({ labels, value }) => ({ ...labels, value }))).toEqual([
      { outcome: 'success', scale: 'big', size: 'small', value: 2 },
      { outcome: 'success', scale: 'big', size: 'large', value: 1 },
    ]);
  });

  it('counts all the same when a label cannot be told, and counts that fault', async () => {
    await using app = await start();
    expect(app.nest.get(Kitchen).label(null)).toBeNull();
    expect(await app.value('odd_dishes_total', { first: '', gone: '' })).toBe(1);
    expect(await app.value('observability_internal_errors_total', { component: 'metrics' })).toBe(1);
  });

  it('refuses a countOn that does not exist when the app starts', async () => {
    @Injectable()
    class Cellar {
      @Counted({ countOn: 'always' as 'all' })
      open(): void {}
    }
    await expect(start(Cellar)).rejects.toThrow(
      '@Counted on Cellar.open: countOn "always" is unknown. Use one of all, success, failure.',
    );
  });
});

describe('two methods with one name', () => {
  it('share the metric when they agree about it', async () => {
    @Injectable()
    class Bar {
      @Counted({ name: 'drinks', countOn: 'success' })
      mix(): void {}

      @Counted({ name: 'drinks', countOn: 'success' })
      pour(): void {}
    }
    await using app = await start(Bar);
    app.nest.get(Bar).mix();
    app.nest.get(Bar).pour();
    expect(await app.value('drinks_total')).toBe(2);
  });

  it('are refused when the app starts if one wants other labels', async () => {
    @Injectable()
    class Bar {
      @Timed('drink.mix')
      mix(): void {}

      @Timed({ name: 'drink.mix', labels: { glass: 'tall' } })
      pour(): void {}
    }
    await expect(start(Bar)).rejects.toThrow(
      /"drink_mix_seconds" is a histogram, .* declared by @Timed on Bar\.mix, but @Timed on Bar\.pour wants it to be .*glass/,
    );
    expect(currentApp()).toBeUndefined();
  });

  it('are refused with the place of a name or a label that breaks a rule', async () => {
    @Injectable()
    class Bar {
      @Timed({ name: 'drink.mix', labels: { class: 'long' } })
      mix(): void {}
    }
    @Injectable()
    class Grill {
      @Counted('roastedDishes')
      roast(): void {}
    }
    await expect(start(Bar)).rejects.toThrow(
      'the label "class" that @Timed on Bar.mix gives "drink_mix_seconds" is there already. Use another name.',
    );
    await expect(start(Grill)).rejects.toThrow('the name "roastedDishes" that @Counted on Grill.roast gives has other');
  });
});
