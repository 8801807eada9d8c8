import { describe, expect, it } from 'vitest';
import type { ManagementOptions } from './management.options.js';
import { resolveManagementSettings } from './management-settings.js';

const TOKEN = 'a-token-of-20-letters';

describe('resolveManagementSettings', () => {
  it('serves on port 9700 of this machine when nothing is said', () => {
    expect(resolveManagementSettings()).toEqual({ port: 9700, host: '127.0.0.1', anonymous: [], hosts: [] });
    expect(resolveManagementSettings({ port: undefined, host: undefined }).host).toBe('127.0.0.1');
  });

  it('serves nowhere when it is false', () => {
    expect(resolveManagementSettings(false).port).toBeUndefined();
  });

  it.each<[ManagementOptions]>([
    [{ port: 0 }],
    [{ port: 65_535 }],
    [{ port: 'app' }],
    [{ host: 'localhost' }],
    [{ host: '127.1.2.3' }],
    [{ host: '::1' }],
    [{ host: '0.0.0.0', token: TOKEN }],
    [{ host: 'ops.example.com', authorize: () => 'read' }],
    [{ hosts: ['ops.example.com'], anonymous: ['/metrics', '/health/*rest'] }],
  ])('accepts %j', (options) => {
    expect(resolveManagementSettings(options)).toMatchObject(options);
  });

  it.each<[unknown, string]>([
    [
      { prot: 9700 },
      'ManagementModule: "prot" is no option. Use one of port, host, token, authorize, anonymous, hosts.',
    ],
    [{ port: -1 }, `ManagementModule: port is -1. Use a whole number from 0 to 65535, or 'app'.`],
    [{ port: 65_536 }, 'port is 65536'],
    [{ port: 1.5 }, 'port is 1.5'],
    [{ port: '9700' }, 'port is "9700"'],
    [{ host: '' }, 'host "" is neither an address nor a name'],
    [{ host: 'http://localhost' }, 'host "http://localhost" is neither an address nor a name'],
    [{ host: '0.0.0.0' }, 'host "0.0.0.0" can be reached from other machines'],
    [{ host: '::' }, 'Set management.token or management.authorize'],
    [{ host: '10.0.0.1', port: 'app' }, 'host "10.0.0.1" can be reached from other machines'],
    [{ host: 'ops.example.com' }, `or leave host at '127.0.0.1'`],
    [{ hosts: 'ops.example.com' }, 'hosts is "ops.example.com"'],
    [{ hosts: ['ops.example.com:9700'] }, 'hosts is ["ops.example.com:9700"]'],
    [{ anonymous: '/metrics' }, 'anonymous is "/metrics"'],
    [{ anonymous: ['metrics'] }, 'path "metrics" does not begin with a fixed part'],
    [{ anonymous: [7] }, 'anonymous is [7]'],
    [{ authorize: 'read' }, 'authorize is "read"'],
    [{ token: 'short' }, 'token has 5 characters. Use at least 16'],
    [{ token: 7 }, 'token is of type number'],
    [{ token: 'a token with spaces' }, 'token has characters that a header cannot carry'],
  ])('refuses %j', (options, message) => {
    expect(() => resolveManagementSettings(options as ManagementOptions)).toThrow(message);
  });

  it('never shows a token that it refuses', () => {
    expect(() => resolveManagementSettings({ token: 'hunter2' })).toThrow(/^(?!.*hunter2)/);
  });
});
