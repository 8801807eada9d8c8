import { hostname } from 'node:os';
import { describe, expect, it } from 'vitest';
import { resolveServiceIdentity } from './service-identity.js';

describe('resolveServiceIdentity', () => {
  it('takes options first, then the variables of OpenTelemetry', () => {
    const env = {
      OTEL_SERVICE_NAME: 'from-name',
      OTEL_RESOURCE_ATTRIBUTES:
        'service.name=from-attributes, service.version=2.0%2E1,deployment.environment.name=staging',
    };
    expect(resolveServiceIdentity({ name: 'order' }, env)).toEqual({
      name: 'order',
      version: '2.0.1',
      environment: 'staging',
      instance: `${hostname()}-${process.pid}`,
    });
    expect(resolveServiceIdentity({}, env).name).toBe('from-name');
    expect(resolveServiceIdentity({}, { ...env, OTEL_SERVICE_NAME: '' }).name).toBe('from-attributes');
  });

  it('knows the name of the program when nobody says one', () => {
    expect(resolveServiceIdentity({}, {}).name).toMatch(/\w/);
    expect(resolveServiceIdentity({}, { NODE_ENV: 'production' }).environment).toBe('production');
  });

  it('refuses an empty name, with the way out', () => {
    expect(() => resolveServiceIdentity({ name: ' ' }, {})).toThrow(
      'service.name is " ". Give a text that is not empty',
    );
  });
});
