import diagnostics from 'node:diagnostics_channel';
import * as sentry from '@sentry/nestjs';
import { describe, expect, it } from 'vitest';
import { reportOf, SPAN_ID, TRACE_ID } from '../exception-report.fixture.js';
import { describeRemoteReporter } from '../exception-reporter.contract.js';
import { ReportReceiver } from '../report-receiver.fixture.js';
import { NOTHING_COLLECTED, SentryReporter } from './sentry.reporter.js';

const SERVICE = { name: 'kitchen', version: '1.2.3', environment: 'test', instance: 'one' };
const never = new AbortController().signal;

describeRemoteReporter('SentryReporter', async () => {
  const receiver = await ReportReceiver.start();
  const reporter = await SentryReporter.load({ dsn: receiver.dsn }, SERVICE);
  return {
    reporter,
    received: () => receiver.events.map((event) => event['exception'].values.at(-1).value as string),
    become: (mode) => (receiver.mode = mode === 'silent' ? 'silent' : 400),
    async [Symbol.asyncDispose]() {
      await reporter.close();
      await receiver[Symbol.asyncDispose]();
    },
  };
});

describe('SentryReporter', () => {
  it('tells of trace, service, request and the chain of causes', async () => {
    await using receiver = await ReportReceiver.start();
    const reporter = await SentryReporter.load({ dsn: receiver.dsn }, SERVICE);
    const error = new RangeError('too hot', { cause: new TypeError('no thermometer') });
    await reporter.report(reportOf(error), never);
    await reporter.close();
    expect(JSON.parse(receiver.accepted[0]!.body.split('\n')[0]!)).toMatchObject({ trace: { trace_id: TRACE_ID } });
    const [event] = receiver.events;
    expect(event).toMatchObject({
      contexts: { trace: { trace_id: TRACE_ID, span_id: SPAN_ID } },
      environment: 'test',
      release: 'kitchen@1.2.3',
      server_name: 'one',
      transaction: 'GET /pizzas/:id',
      tags: { oven: 'left', issue: '0123456789abcdef', request_id: 'request-1' },
    });
    const values = event!['exception'].values as Record<string, any>[];
    expect(values.map(({ type, value }) => [type, value])).toEqual([
      ['TypeError', 'no thermometer'],
      ['RangeError', 'too hot'],
    ]);
    expect(values[1]!['mechanism']).toMatchObject({ type: 'crowsnest.http', handled: false });
    expect(values[1]!['stacktrace'].frames.at(-1)).toMatchObject({ lineno: expect.any(Number) });
  });

  it('leaves the process as it is', async () => {
    const events = ['uncaughtException', 'unhandledRejection', 'beforeExit', 'exit', 'SIGTERM'];
    const listeners = () => events.map((event) => process.listenerCount(event));
    const before = listeners();
    const reporter = await SentryReporter.load({ dsn: 'http://public@127.0.0.1:9/7' }, SERVICE);
    expect(sentry.getClient()).toBeUndefined();
    expect(diagnostics.hasSubscribers('http.client.request.start')).toBe(false);
    await reporter.close();
    expect(listeners()).toEqual(before);
  });

  it('switches off every category of data that the installed package may collect', () => {
    const client = new sentry.NodeClient({
      integrations: [],
      transport: sentry.makeNodeTransport,
      stackParser: sentry.defaultStackParser,
      dataCollection: NOTHING_COLLECTED as never,
    });
    const collected = client.getDataCollectionOptions();
    expect(Object.keys(NOTHING_COLLECTED)).toEqual(expect.arrayContaining(Object.keys(collected)));
    expect(JSON.stringify(collected)).not.toMatch(/true|[1-9]|incoming|outgoing/);
    // The same question finds what is collected when nothing is said.
    const talkative = new sentry.NodeClient({
      integrations: [],
      transport: sentry.makeNodeTransport,
      stackParser: sentry.defaultStackParser,
    });
    expect(JSON.stringify(talkative.getDataCollectionOptions())).toMatch(/true/);
  });

  it('refuses an address that is none', async () => {
    await expect(SentryReporter.load({ dsn: 'somewhere' }, SERVICE)).rejects.toThrow(
      'ExceptionsModule: sentry.dsn is no address of Sentry.',
    );
  });
});
