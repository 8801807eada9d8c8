import { beforeEach, describe, expect, it } from 'vitest';
import type { ManagementEndpoint } from './management-endpoint.js';
import { ManagementEndpoints } from './management-endpoints.js';

describe('ManagementEndpoints', () => {
  const endpoints = { current: new ManagementEndpoints() };
  const page = (method: ManagementEndpoint['method'], path: string): ManagementEndpoint => ({
    method,
    path,
    handle: () => ({}),
  });

  beforeEach(() => {
    endpoints.current = new ManagementEndpoints();
    // The less exact pages come first, so that their order cannot be what decides.
    for (const path of ['/audit/*rest', '/audit/:id', '/audit/checkpoint', '/audit']) {
      endpoints.current.add(page('GET', path));
    }
    endpoints.current.add(page('POST', '/audit/:id'));
  });

  it.each([
    ['GET', '/audit', '/audit'],
    ['GET', '/audit/checkpoint', '/audit/checkpoint'],
    ['GET', '/audit/7', '/audit/:id'],
    ['HEAD', '/audit/7', '/audit/:id'],
    ['POST', '/audit/checkpoint', '/audit/:id'],
    ['GET', '/audit/7/proof', '/audit/*rest'],
  ])('gives %s %s to the most exact page %s', (method, path, expected) => {
    expect(endpoints.current.find(method, path)).toMatchObject({ endpoint: { path: expected } });
  });

  it.each([
    ['PUT', '/audit/7', ['GET', 'HEAD', 'POST']],
    ['DELETE', '/audit', ['GET', 'HEAD']],
    ['GET', '/elsewhere', []],
    ['GET', '/', []],
    ['GET', '/constructor', []],
  ])('tells which methods there are for %s %s', (method, path, allowed) => {
    const found = endpoints.current.find(method, path);
    expect('allowed' in found && [...found.allowed].sort()).toEqual(allowed);
  });

  it.each(['/audit/:id', '/audit/:other'])('refuses a second page at %s', (path) => {
    expect(() => endpoints.current.add(page('GET', path))).toThrow(
      `ManagementEndpoints: GET ${path} exists already, as /audit/:id. Give the new endpoint a path of its own.`,
    );
  });

  it('knows the page at a path whatever the method', () => {
    expect(endpoints.current.pageAt('/audit/7')).toBe('/audit/:id');
    expect(endpoints.current.pageAt('/orders/7')).toBeUndefined();
  });

  it('lists all pages', () => {
    expect(endpoints.current.list()).toHaveLength(5);
  });
});
