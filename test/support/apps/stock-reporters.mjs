// A server with the reporters of Sentry and Honeybadger as their own guides set them up; it throws what nobody catches.
import { createServer } from 'node:http';
import Honeybadger from '@honeybadger-io/js';
import * as Sentry from '@sentry/nestjs';

Sentry.init({ dsn: process.env.SENTRY_DSN });
Honeybadger.configure({ apiKey: 'hbp_key', endpoint: process.env.HONEYBADGER_ENDPOINT, reportData: true });

createServer().listen(0, '127.0.0.1', () => {
  setTimeout(() => {
    process.stdout.write('throwing\n');
    throw new RangeError('nobody catches this');
  }, 10);
});
