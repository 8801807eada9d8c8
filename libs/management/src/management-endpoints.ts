import type { ManagementEndpoint } from './management-endpoint.js';

export interface EndpointMatch {
  readonly endpoint: ManagementEndpoint;
  readonly params: Readonly<Record<string, string>>;
}

/** The operators' pages of one app; patterns and users add theirs. */
export class ManagementEndpoints {
  readonly #endpoints: { readonly endpoint: ManagementEndpoint; readonly segments: readonly string[] }[] = [];

  add(endpoint: ManagementEndpoint): void {
    if (this.list().some(({ method, path }) => method === endpoint.method && path === endpoint.path)) {
      throw new Error(
        `ManagementEndpoints: ${endpoint.method} ${endpoint.path} exists already. Give the new endpoint a path of its own.`,
      );
    }
    this.#endpoints.push({ endpoint, segments: segmentsOf(endpoint.path) });
  }

  list(): readonly ManagementEndpoint[] {
    return this.#endpoints.map(({ endpoint }) => endpoint);
  }

  /** The endpoint for a request; for a known path with another method, the methods that it has. */
  find(method: string, path: string): EndpointMatch | { readonly allowed: readonly string[] } {
    const wanted = method === 'HEAD' ? 'GET' : method;
    const actual = segmentsOf(path);
    const allowed: string[] = [];
    for (const { endpoint, segments } of this.#endpoints) {
      const params = matchSegments(segments, actual);
      if (params === undefined) continue;
      if (endpoint.method === wanted) return { endpoint, params };
      allowed.push(endpoint.method);
    }
    return { allowed };
  }
}

function segmentsOf(path: string): string[] {
  return path.split('/').slice(1);
}

function matchSegments(template: readonly string[], actual: readonly string[]): Record<string, string> | undefined {
  const params: Record<string, string> = {};
  for (const [index, segment] of template.entries()) {
    if (segment.startsWith('*')) {
      params[segment.slice(1)] = actual.slice(index).map(decode).join('/');
      return params;
    }
    const value = actual[index];
    if (value === undefined) return undefined;
    if (segment.startsWith(':') && value !== '') params[segment.slice(1)] = decode(value);
    else if (segment !== value) return undefined;
  }
  return actual.length === template.length ? params : undefined;
}

function decode(segment: string): string {
  try {
    return decodeURIComponent(segment);
  } catch {
    return segment;
  }
}
