import { describe, expect, it } from 'vitest';
import { reportOf, TRACE_ID } from '../exception-report.fixture.js';
import { describeRemoteReporter } from '../exception-reporter.contract.js';
import { ReportReceiver } from '../report-receiver.fixture.js';
import { HoneybadgerReporter } from './honeybadger.reporter.js';

const SERVICE = { name: 'kitchen', version: '1.2.3', environment: 'test', instance: 'one' };
const never = new AbortController().signal;

describeRemoteReporter('HoneybadgerReporter', async () => {
  const receiver = await ReportReceiver.start();
  return {
    reporter: await HoneybadgerReporter.load({ apiKey: 'hbp_key', endpoint: receiver.url }, SERVICE),
    received: () => receiver.notices.map((notice) => notice['error'].message as string),
    become: (mode) => (receiver.mode = mode === 'silent' ? 'silent' : 403),
    [Symbol.asyncDispose]: () => receiver[Symbol.asyncDispose](),
  };
});

describe('HoneybadgerReporter', () => {
  it('tells of trace, service, request and the chain of causes', async () => {
    await using receiver = await ReportReceiver.start();
    const reporter = await HoneybadgerReporter.load({ apiKey: 'hbp_key', endpoint: receiver.url }, SERVICE);
    const error = new RangeError('too hot', { cause: new TypeError('no thermometer') });
    await reporter.report(reportOf(error), never);
    expect(receiver.accepted[0]!.headers['x-api-key']).toBe('hbp_key');
    const [notice] = receiver.notices;
    expect(notice).toMatchObject({
      error: {
        class: 'RangeError',
        message: 'too hot',
        fingerprint: '0123456789abcdef',
        causes: [{ class: 'TypeError', message: 'no thermometer' }],
      },
      request: {
        component: '/pizzas/:id',
        action: 'PizzasController.bake',
        context: { trace_id: TRACE_ID, request_id: 'request-1', service: 'kitchen', oven: 'left' },
      },
      server: { environment_name: 'test', revision: '1.2.3', hostname: 'one' },
      breadcrumbs: { trail: [] },
    });
    expect(notice!['error'].backtrace[0]).toMatchObject({ number: expect.anything() });
  });

  it('leaves the process as it is', async () => {
    const events = ['uncaughtException', 'unhandledRejection', 'beforeExit', 'SIGTERM', 'SIGINT'];
    const listeners = () => events.map((event) => process.listenerCount(event));
    const before = listeners();
    await HoneybadgerReporter.load({ apiKey: 'hbp_key' }, SERVICE);
    expect(listeners()).toEqual(before);
  });

  it('refuses an endpoint that is no address', async () => {
    await expect(HoneybadgerReporter.load({ apiKey: 'hbp_key', endpoint: 'there' }, SERVICE)).rejects.toThrow(
      'ExceptionsModule: honeybadger.endpoint is "there".',
    );
  });
});
