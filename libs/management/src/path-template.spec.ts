import { describe, expect, it } from 'vitest';
import { PathTemplate } from './path-template.js';

describe('PathTemplate', () => {
  it.each([
    ['/loggers', '/loggers', {}],
    ['/loggers', '/loggers/', undefined],
    ['/loggers', '/Loggers', undefined],
    ['/loggers/:name', '/loggers/Orders', { name: 'Orders' }],
    ['/loggers/:name', '/loggers/a%2Fb%20c', { name: 'a/b c' }],
    ['/loggers/:name', '/loggers/%zz', { name: '%zz' }],
    ['/loggers/:name', '/loggers/', undefined],
    ['/loggers/:name', '/loggers/a/b', undefined],
    ['/exceptions/:id/resolve', '/exceptions/7/resolve', { id: '7' }],
    ['/exceptions/:id/resolve', '/exceptions/7/ignore', undefined],
    ['/health/*rest', '/health', { rest: '' }],
    ['/health/*rest', '/health/db/primary', { rest: 'db/primary' }],
    ['/health/*rest', '/healthy', undefined],
  ])('%s on %s gives %j', (template, path, params) => {
    expect(new PathTemplate(template).match(path)).toEqual(params);
  });

  it.each(['', 'loggers', '/', '/:any', '/*rest', '/health/*rest/more'])('refuses the template "%s"', (path) => {
    expect(() => new PathTemplate(path)).toThrow(`path "${path}"`);
  });
});
