import 'reflect-metadata';
import { once } from 'node:events';
import { connect } from 'node:net';
import { NestFactory } from '@nestjs/core';
import { ManagementServer } from './management-server.js';
import { managedModule } from './managed-app.fixture.js';

// A program that serves operators' pages, has a silent caller, and closes neither.
const module = managedModule({
  options: { port: 0 },
  pages: [{ method: 'GET', path: '/plain', handle: () => ({ body: 'up' }) }],
});
const app = await NestFactory.createApplicationContext(module, { logger: false });
const { url } = app.get(ManagementServer);
const caller = connect(Number(new URL(url!).port), '127.0.0.1');
await once(caller, 'connect');
caller.unref();
const answer = await fetch(`${url}/plain`);
process.stdout.write(await answer.text());
