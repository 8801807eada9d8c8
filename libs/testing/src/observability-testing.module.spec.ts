import { Controller, Get, Injectable, Logger, Module } from '@nestjs/common';
import { Test } from '@nestjs/testing';
import { describe, expect, it } from 'vitest';
import { Audited, Counted, HealthContributor, ObservabilityModule, Traced } from '#observability';
import { ObservabilityTestingModule, observeSignals } from './observability-testing.module.js';
import { ObservedSignals } from './observed-signals.js';

@Injectable()
class Bakery {
  readonly logger = new Logger(Bakery.name);

  @Traced()
  @Counted('loaves')
  @Audited({ action: 'loaf.bake', target: ({ args: [kind] }) => ({ type: 'loaf', id: String(kind) }) })
  async bake(kind: string): Promise<string> {
    if (kind === 'stone') throw new RangeError('too hard');
    this.logger.log(`baking ${kind}`);
    return kind;
  }

  @HealthContributor('oven')
  oven(): boolean {
    return true;
  }
}

@Controller('loaves')
class BakeryController {
  constructor(private readonly bakery: Bakery) {}

  @Get('rye')
  rye(): Promise<string> {
    return this.bakery.bake('rye');
  }

  @Get('stone')
  stone(): Promise<string> {
    return this.bakery.bake('stone');
  }
}

@Module({ imports: [ObservabilityModule.forRoot()], providers: [Bakery], controllers: [BakeryController] })
class BakeryModule {}

describe('ObservabilityTestingModule', () => {
  it('shows what a provider told, without any request around', async () => {
    const module = await Test.createTestingModule({
      imports: [ObservabilityTestingModule.forRoot()],
      providers: [Bakery],
    }).compile();
    const signals = module.get(ObservedSignals).attach(module);
    await module.init();
    await module.get(Bakery).bake('rye');
    await signals.settled();

    const { traceId } = signals.traced('Bakery.bake').spanContext();
    expect(signals.logged('baking rye')['trace_id']).toBe(traceId);
    expect(await signals.metric('loaves_total', { outcome: 'success' })).toBe(1);
    expect(signals.audited('loaf.bake', { outcome: 'success' }).targets).toEqual([{ type: 'loaf', id: 'rye' }]);
    expect(await signals.health()).toMatchObject({ status: 'ok', info: { oven: { status: 'up' } } });
    await module.close();
  });

  it('says what there was when what is asked for is not there', async () => {
    const module = await Test.createTestingModule({
      imports: [ObservabilityTestingModule.forRoot()],
      providers: [Bakery],
    }).compile();
    const signals = module.get(ObservedSignals).attach(module);
    await module.init();
    await module.get(Bakery).bake('rye');
    expect(() => signals.traced('Bakery.bite')).toThrow(/0 of the span "Bakery.bite".*\n {2}Bakery\.bake$/);
    await module.get(Bakery).bake('rye');
    expect(() => signals.traced('Bakery.bake')).toThrow('There are 2 of the span');
    signals.clear();
    expect(signals.spans).toEqual([]);
    await module.close();
  });
});

describe('observeSignals', () => {
  it('shows what a whole app told of each request, under one trace id', async () => {
    const builder = Test.createTestingModule({ imports: [BakeryModule] });
    const signals = observeSignals(builder, { service: { name: 'bakery' } });
    const app = (await builder.compile()).createNestApplication();
    signals.attach(app);
    await app.listen(0, '127.0.0.1');

    const answer = await fetch(`${await app.getUrl()}/loaves/stone`);
    expect(answer.status).toBe(500);
    await signals.settled();
    const told = signals.ofTrace(answer.headers.get('x-trace-id')!);
    // The test's own fetch is sent from this process, and so it is in the trace as well.
    expect(told.spans.map(({ name }) => name)).toEqual(['Bakery.bake', 'GET /loaves/stone', 'GET']);
    expect(told.lines.map(({ msg }) => msg)).toContain('GET /loaves/stone 500');
    expect(told.reports.map(({ thrown }) => thrown[0].type)).toEqual(['RangeError']);
    expect(told.records.map(({ outcome }) => outcome)).toEqual(['failure']);
    expect(signals.reported('RangeError', { service: { name: 'bakery' } }).issue.count).toBe(1);
    await app.close();
  });

  it('needs an app before it can say anything of metrics and health', async () => {
    const signals = observeSignals(Test.createTestingModule({ imports: [BakeryModule] }));
    await expect(signals.metric('loaves_total')).rejects.toThrow('no app is attached');
  });
});
