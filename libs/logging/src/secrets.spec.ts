import { Logger } from '@nestjs/common';
import { describe, expect, it } from 'vitest';
import { ADAPTERS, LoggedApp } from './logged-app.fixture.js';
import { PricesService } from './logged-orders.fixture.js';

const CANARY = 'c4n4ry-1b7e';
const JWT = `eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiJ${CANARY.replaceAll('-', '')}In0.c2lnbmF0dXJlLXNpZ25hdHVyZQ`;

/** Every way in which a secret can come to a log line. */
async function logSecrets(app: LoggedApp): Promise<void> {
  const logger = new Logger('Svc');
  const { pino } = app.nest.get(PricesService);
  const error = Object.assign(
    new Error(`login with password=${CANARY} failed`, { cause: new Error(`token=${CANARY}`) }),
    {
      config: { headers: { Authorization: `Bearer ${CANARY}` } },
    },
  );
  const body = { user: { password: CANARY, cards: [{ apiKey: CANARY }] }, map: new Map([['secret', CANARY]]) };
  logger.log(body);
  logger.log('body', body);
  logger.log('body %o and %s', body, `password=${CANARY}`);
  logger.log(`connected to postgres://app:${CANARY}@db/orders`);
  logger.log('Bearer %s', `${CANARY}${CANARY}`);
  logger.error(error);
  logger.error(`token=${CANARY}`, error.stack);
  logger.fatal(JWT, { password: CANARY });
  pino.info(body, 'body');
  pino.error(error);
  pino.warn({ err: error, nested: { error } }, 'failed');
  pino.logger.child(body).info('bound');
  pino.runInContext(() => pino.info('in scope'), { bindings: body });
  await app.ask(`/orders/password=${CANARY}?token=${CANARY}`, {
    headers: { authorization: `Bearer ${CANARY}`, cookie: CANARY },
  });
  await app.ask('/orders', {
    method: 'POST',
    body: JSON.stringify(body),
    headers: { 'content-type': 'application/json' },
  });
}

const leaks = ({ raw }: LoggedApp): string[] => raw.filter((line) => line.includes(CANARY) || line.includes(JWT));

describe.each(ADAPTERS)('secrets on %s', (_name, adapter) => {
  it('never reach the bytes of a line', async () => {
    await using app = await LoggedApp.start({ adapter: adapter() });
    const from = app.lines.length;
    await logSecrets(app);
    expect(app.lines.length - from).toBeGreaterThan(15);
    expect(leaks(app)).toEqual([]);
  });

  it('do reach them when redaction is switched off', async () => {
    await using app = await LoggedApp.start({ adapter: adapter(), redaction: false });
    await logSecrets(app);
    expect(leaks(app).length).toBeGreaterThan(15);
  });
});
