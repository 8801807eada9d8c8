import { setTimeout as sleep } from 'node:timers/promises';
import { Controller, Get, Injectable, Module, UseInterceptors } from '@nestjs/common';
import { context, SpanKind, SpanStatusCode, trace } from '@opentelemetry/api';
import { firstValueFrom, lastValueFrom, Observable, throwError } from 'rxjs';
import { delay } from 'rxjs/operators';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { Observed } from '#observation';
import { Traced } from './traced.decorator.js';
import { TracedApp } from './traced-app.fixture.js';
import { TracingInterceptor } from './tracing.interceptor.js';

class OvenError extends Error {}

async function all<T>(items: AsyncIterable<T>): Promise<T[]> {
  const gathered: T[] = [];
  for await (const item of items) gathered.push(item);
  return gathered;
}

const activeSpanId = (): string | undefined => trace.getActiveSpan()?.spanContext().spanId;

@Injectable()
class Kitchen {
  @Traced()
  value(): string | undefined {
    return activeSpanId();
  }

  @Traced('order.promise')
  async promise(): Promise<string | undefined> {
    await sleep(5);
    return activeSpanId();
  }

  @Traced()
  observable(): Observable<string | undefined> {
    return new Observable<string | undefined>((subscriber) => {
      subscriber.next(activeSpanId());
      subscriber.complete();
    }).pipe(delay(5));
  }

  @Traced()
  async *generator(): AsyncGenerator<string | undefined> {
    yield activeSpanId();
    await sleep(5);
    yield activeSpanId();
  }

  @Traced()
  throws(): never {
    throw new OvenError('cold');
  }

  @Traced()
  async rejects(): Promise<void> {
    await sleep(1);
    throw new OvenError('cold');
  }

  @Traced()
  errors(): Observable<never> {
    return throwError(() => new OvenError('cold'));
  }

  @Traced()
  async *breaks(): AsyncGenerator<number> {
    yield 1;
    throw new OvenError('cold');
  }

  @Traced({
    name: 'order.price',
    kind: SpanKind.PRODUCER,
    attributes: ({ args: [order], result: price = 'none' }) => ({ 'order.id': order.id, price }),
  })
  async price(order: { id: string }): Promise<number> {
    if (order.id === 'none') throw new OvenError('no order');
    return 12;
  }

  @Traced({ attributes: { fixed: 'yes' } })
  fixed(): void {}

  @Traced({
    attributes: () => {
      throw new Error('no attributes');
    },
  })
  odd(): string {
    return 'fine';
  }

  @Observed('order.observed')
  observed(): string | undefined {
    return activeSpanId();
  }

  nested(): string[] {
    const ids: (string | undefined)[] = [activeSpanId()];
    trace.getTracer('users').startActiveSpan('outer', (outer) => {
      ids.push(activeSpanId());
      trace.getTracer('users').startActiveSpan('inner', (inner) => {
        ids.push(activeSpanId());
        inner.end();
      });
      ids.push(activeSpanId());
      outer.end();
    });
    ids.push(activeSpanId());
    return ids.map(String);
  }
}

@Traced()
@Injectable()
class Cellar {
  fetch(): string {
    return 'wine';
  }

  @Traced('cellar.look')
  look(): string {
    return 'dark';
  }
}

@Controller()
@UseInterceptors(TracingInterceptor)
class PlainController {
  @Get('plain')
  plain(): string | undefined {
    return activeSpanId();
  }

  @Get('plain/broken')
  broken(): never {
    throw new OvenError('cold');
  }
}

@Module({ providers: [Kitchen, Cellar], exports: [Kitchen, Cellar], controllers: [PlainController] })
class KitchenModule {}

describe('@Traced', () => {
  let app: TracedApp;
  let kitchen: Kitchen;
  beforeAll(async () => {
    app = await TracedApp.start({ imports: [KitchenModule] });
    kitchen = app.nest.get(Kitchen);
  });
  beforeEach(() => void app.collected.spans.splice(0));
  afterAll(() => app[Symbol.asyncDispose]());

  it.each<[string, string, () => Promise<unknown>]>([
    ['a value', 'Kitchen.value', async () => kitchen.value()],
    ['a promise', 'order.promise', () => kitchen.promise()],
    ['an Observable', 'Kitchen.observable', () => lastValueFrom(kitchen.observable())],
    ['an async generator', 'Kitchen.generator', async () => (await all(kitchen.generator()))[1]],
    ['an @Observed method', 'order.observed', async () => kitchen.observed()],
  ])('makes a span around %s', async (_, name, call) => {
    const spanId = await call();
    const span = app.span(name);
    expect(span.spanContext().spanId).toBe(spanId);
    expect([span.kind, span.status.code]).toEqual([SpanKind.INTERNAL, SpanStatusCode.UNSET]);
    expect(span.attributes['code.function.name']).toMatch(/^Kitchen\.\w+$/);
    expect(activeSpanId()).toBe(undefined);
  });

  it.each<[string, string, () => Promise<unknown>]>([
    ['throws', 'Kitchen.throws', async () => kitchen.throws()],
    ['rejects', 'Kitchen.rejects', () => kitchen.rejects()],
    ['gives an Observable of an error', 'Kitchen.errors', () => firstValueFrom(kitchen.errors())],
    ['breaks off a generator', 'Kitchen.breaks', () => all(kitchen.breaks())],
  ])('records the error of a method that %s, and throws it', async (_, name, call) => {
    await expect(call()).rejects.toThrow(OvenError);
    const span = app.span(name);
    expect([span.status.code, span.attributes['error.type']]).toEqual([SpanStatusCode.ERROR, 'OvenError']);
    expect(span.events.map(({ attributes }) => attributes?.['exception.message'])).toEqual(['cold']);
  });

  it('makes attributes of arguments and result, and knows when there is none', async () => {
    await kitchen.price({ id: '7' });
    const span = app.span('order.price');
    expect(span.kind).toBe(SpanKind.PRODUCER);
    expect(span.attributes).toEqual({ 'code.function.name': 'Kitchen.price', 'order.id': '7', price: 12 });
    app.collected.spans.splice(0);
    await expect(kitchen.price({ id: 'none' })).rejects.toThrow('no order');
    expect(app.span('order.price').attributes).toMatchObject({ 'order.id': 'none', price: 'none' });
    expect(app.observations.internalErrors.counts().get('tracing')).toBe(undefined);
    kitchen.fixed();
    expect(app.span('Kitchen.fixed').attributes['fixed']).toBe('yes');
  });

  it('survives attributes that cannot be made, and counts the fault', () => {
    expect(kitchen.odd()).toBe('fine');
    expect(app.span('Kitchen.odd').ended).toBe(true);
    expect(app.observations.internalErrors.counts().get('tracing')).toBe(1);
  });

  it('marks all methods of a class, and a mark on a method says more', () => {
    const cellar = app.nest.get(Cellar);
    expect([cellar.fetch(), cellar.look()]).toEqual(['wine', 'dark']);
    expect(app.spans.map(({ name }) => name)).toEqual(['Cellar.fetch', 'cellar.look']);
  });

  it('leaves nested spans of users as they are', () => {
    const ids = kitchen.nested();
    const [outer, inner] = [app.span('outer').spanContext().spanId, app.span('inner').spanContext().spanId];
    expect(ids).toEqual(['undefined', outer, inner, outer, 'undefined']);
    expect(app.span('inner').parentSpanContext?.spanId).toBe(outer);
  });

  it('is a plain call where no app is', () => {
    expect(new Kitchen().value()).toBe(undefined);
    expect(app.spans).toEqual([]);
  });

  it('has an interceptor that does the same for handlers', async () => {
    const response = await app.request('/plain');
    await app.request('/plain/broken');
    await app.ended(4);
    const span = app.span('PlainController.plain');
    expect(await response.text()).toBe(span.spanContext().spanId);
    expect(span.parentSpanContext?.spanId).toBe(app.span('GET /plain').spanContext().spanId);
    expect(app.span('PlainController.broken').attributes['error.type']).toBe('OvenError');
    expect(context.active()).toBeDefined();
  });
});
