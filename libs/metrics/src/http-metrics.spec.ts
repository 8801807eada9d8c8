import { Controller, Get, InternalServerErrorException, NotFoundException, Param, Res } from '@nestjs/common';
import { createServer, type ServerResponse } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { HttpClientObservation, HttpServerObservation, NotTimed, type Observation } from '#observation';
import { ADAPTERS, MeasuredApp, OPEN_METRICS_ACCEPT } from './measured-app.fixture.js';

const DURATION = 'http_server_request_duration_seconds';
const ACTIVE = 'http_server_active_requests';

class OvenError extends InternalServerErrorException {}

@Controller('dishes')
class DishesController {
  static release: () => void = () => {};

  @Get('slow')
  async slow(): Promise<string> {
    await new Promise<void>((resolve) => (DishesController.release = resolve));
    return 'slow';
  }

  @Get('half')
  half(@Res() response: { raw?: ServerResponse }): void {
    // Fastify has Node's response behind its own.
    const outgoing = response.raw ?? (response as ServerResponse);
    outgoing.writeHead(200, { 'content-type': 'text/plain' });
    outgoing.write('half of ');
  }

  @Get('burnt')
  burnt(): never {
    throw new OvenError();
  }

  @NotTimed()
  @Get('secret')
  secret(): string {
    return 'secret';
  }

  @Get(':id')
  read(@Param('id') id: string): string {
    if (id === 'unicorn') throw new NotFoundException();
    return id;
  }
}

/** Gives the ids of a trace to everything that starts, as tracing would. */
function trace(app: MeasuredApp, traceFlags: number, ended: Observation[] = []): void {
  app.observations.register({
    component: 'spec',
    aspects: [],
    started: (observation) => {
      observation.trace = { traceId: 'a'.repeat(32), spanId: 'b'.repeat(16), traceFlags };
    },
    stopped: (observation) => void ended.push(observation),
  });
}

describe.each(ADAPTERS)('HTTP metrics on %s', (_, adapter) => {
  const start = () => MeasuredApp.start({ adapter: adapter(), controllers: [DishesController] });

  it('tell route, status and error of each request, and never its path', async () => {
    await using app = await start();
    for (const path of ['/dishes/1', '/dishes/2', '/dishes/unicorn', '/dishes/burnt', '/nowhere']) {
      await (await fetch(app.url + path)).text();
    }
    const common = { http_request_method: 'GET', url_scheme: 'http', network_protocol_version: '1.1' };
    await app.reaches(`${DURATION}_count`, { http_route: '' }, 1);
    const samples = await app.samples(`${DURATION}_count`);
    expect(samples.map(({ labels, value }) => ({ ...labels, value }))).toEqual([
      { ...common, http_route: '/dishes/:id', http_response_status_code: '200', error_type: '', value: 2 },
      { ...common, http_route: '/dishes/:id', http_response_status_code: '404', error_type: '', value: 1 },
      { ...common, http_route: '/dishes/burnt', http_response_status_code: '500', error_type: 'OvenError', value: 1 },
      { ...common, http_route: '', http_response_status_code: '404', error_type: '', value: 1 },
    ]);
  });

  it('have the bounds that the conventions advise', async () => {
    await using app = await start();
    await (await fetch(`${app.url}/dishes/1`)).text();
    await app.reaches(`${DURATION}_count`, {}, 1);
    const bounds = (await app.samples(`${DURATION}_bucket`)).map(({ labels }) => labels['le']);
    expect(bounds.join(' ')).toBe('0.005 0.01 0.025 0.05 0.075 0.1 0.25 0.5 0.75 1 2.5 5 7.5 10 +Inf');
  });

  it('count a request as active until its client is gone, and as aborted without a status', async () => {
    await using app = await start();
    const leave = new AbortController();
    const request = fetch(`${app.url}/dishes/slow`, { signal: leave.signal }).catch(() => 'gone');
    expect(await app.reaches(ACTIVE, { http_request_method: 'GET', url_scheme: 'http' }, 1)).toBe(1);
    leave.abort();
    expect(await request).toBe('gone');
    expect(await app.reaches(ACTIVE, { http_request_method: 'GET', url_scheme: 'http' }, 0)).toBe(0);
    DishesController.release();
    const [sample] = await app.samples(`${DURATION}_count`);
    expect(sample!.labels).toMatchObject({ http_response_status_code: '', error_type: 'aborted' });
  });

  it('tell no status of an answer that was cut off', async () => {
    await using app = await start();
    const leave = new AbortController();
    const response = await fetch(`${app.url}/dishes/half`, { signal: leave.signal });
    expect(response.status).toBe(200);
    leave.abort();
    await app.reaches(`${DURATION}_count`, {}, 1);
    const [sample] = await app.samples(`${DURATION}_count`);
    expect(sample!.labels).toMatchObject({ http_response_status_code: '', error_type: 'aborted' });
  });

  it('leave out the duration of a handler that is @NotTimed', async () => {
    await using app = await start();
    await (await fetch(`${app.url}/dishes/secret`)).text();
    await (await fetch(`${app.url}/dishes/1`)).text();
    await app.reaches(`${DURATION}_count`, {}, 1);
    expect((await app.samples(`${DURATION}_count`)).map(({ labels }) => labels['http_route'])).toEqual(['/dishes/:id']);
    expect(await app.value(ACTIVE)).toBe(0);
  });

  it('take the very duration that all signals tell, and point to the trace from the bucket it fell into', async () => {
    await using app = await start();
    const ended: Observation[] = [];
    trace(app, 1, ended);
    await (await fetch(`${app.url}/dishes/1`)).text();
    await app.reaches(`${DURATION}_count`, {}, 1);
    const seconds = ended.find((one) => one instanceof HttpServerObservation)!.durationMs! / 1_000;
    expect(await app.value(`${DURATION}_sum`)).toBe(seconds);

    const buckets = await app.samples(`${DURATION}_bucket`, {}, OPEN_METRICS_ACCEPT);
    const pointing = buckets.filter(({ exemplar }) => exemplar !== undefined);
    expect(pointing.map(({ exemplar }) => [exemplar!.labels, exemplar!.value])).toEqual([
      [{ trace_id: 'a'.repeat(32), span_id: 'b'.repeat(16) }, seconds],
    ]);
    const bound = (index: number): number => Number(buckets[index]?.labels['le']?.replace('+Inf', 'Infinity') ?? 0);
    const index = buckets.indexOf(pointing[0]!);
    expect(seconds).toBeLessThanOrEqual(bound(index));
    expect(seconds).toBeGreaterThan(bound(index - 1));
  });

  it('point to no trace that is not kept', async () => {
    await using app = await start();
    trace(app, 0);
    await (await fetch(`${app.url}/dishes/1`)).text();
    await app.reaches(`${DURATION}_count`, {}, 1);
    expect(await (await app.scrape(OPEN_METRICS_ACCEPT)).text()).not.toContain(' # {');
  });
});

describe('metrics of outgoing requests', () => {
  it('tell the server, its answer and what went wrong', async () => {
    const server = createServer((request, response) => {
      response.statusCode = request.url === '/full' ? 503 : 200;
      response.end();
    });
    await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
    const { port } = server.address() as { port: number };
    await using app = await MeasuredApp.start();
    const ended: Observation[] = [];
    trace(app, 1, ended);
    for (const path of ['/', '/full']) await (await fetch(`http://127.0.0.1:${port}${path}`)).text();
    await new Promise((closed) => server.close(closed));
    await expect(fetch(`http://127.0.0.1:${port}/`, { headers: { connection: 'close' } })).rejects.toThrow();
    await sleep(20);

    const common = { http_request_method: 'GET', server_address: '127.0.0.1', server_port: `${port}` };
    const name = 'http_client_request_duration_seconds';
    const samples = await app.samples(`${name}_count`, { server_port: `${port}` });
    expect(samples.map(({ labels, value }) => ({ ...labels, value }))).toEqual([
      { ...common, http_response_status_code: '200', error_type: '', value: 1 },
      { ...common, http_response_status_code: '503', error_type: '503', value: 1 },
      { ...common, http_response_status_code: '', error_type: expect.stringMatching(/Error$/), value: 1 },
    ]);
    const first = ended.find((one) => one instanceof HttpClientObservation)!;
    expect(await app.value(`${name}_sum`, { http_response_status_code: '200', server_port: `${port}` })).toBe(
      first.durationMs! / 1_000,
    );
  });
});
