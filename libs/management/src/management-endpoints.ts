import type { ManagementEndpoint } from './management-endpoint.js';
import type { ManagementWrite, WriteListener } from './management-write.js';
import { PathTemplate } from './path-template.js';

export interface EndpointMatch {
  readonly endpoint: ManagementEndpoint;
  readonly params: Readonly<Record<string, string>>;
}

interface Entry {
  readonly endpoint: ManagementEndpoint;
  readonly template: PathTemplate;
}

/** The operators' pages of one app; patterns and users add theirs, in `onModuleInit` at the latest. */
export class ManagementEndpoints {
  /** By the first part of the path, so that a request for anything else is told apart by one look. */
  readonly #byRoot = new Map<string, Entry[]>();
  readonly #listeners: WriteListener[] = [];

  add(endpoint: ManagementEndpoint): void {
    const template = new PathTemplate(endpoint.path);
    const entries = this.#byRoot.get(template.root) ?? [];
    const twin = entries.find(
      (entry) => entry.endpoint.method === endpoint.method && entry.template.shape === template.shape,
    );
    if (twin !== undefined) {
      throw new Error(
        `ManagementEndpoints: ${endpoint.method} ${endpoint.path} exists already, as ${twin.endpoint.path}. ` +
          'Give the new endpoint a path of its own.',
      );
    }
    entries.push({ endpoint, template });
    entries.sort((one, other) => (one.template.rank < other.template.rank ? -1 : 1));
    this.#byRoot.set(template.root, entries);
  }

  /** Has somebody told of everything that operators change, or are refused to. */
  onWrite(listener: WriteListener): void {
    this.#listeners.push(listener);
  }

  /** Tells those who listen of a write. */
  wrote(write: ManagementWrite): void {
    for (const listener of this.#listeners) listener(write);
  }

  list(): readonly ManagementEndpoint[] {
    return [...this.#byRoot.values()].flat().map(({ endpoint }) => endpoint);
  }

  /** The endpoint for a request; for a known path with another method, the methods that it has. */
  find(method: string, path: string): EndpointMatch | { readonly allowed: readonly string[] } {
    const wanted = method === 'HEAD' ? 'GET' : method;
    const allowed = new Set<string>();
    for (const { endpoint, template } of this.#entriesAt(path)) {
      const params = template.match(path);
      if (params === undefined) continue;
      if (endpoint.method === wanted) return { endpoint, params };
      allowed.add(endpoint.method);
      if (endpoint.method === 'GET') allowed.add('HEAD');
    }
    return { allowed: [...allowed] };
  }

  /** The template of the page at a path, whatever the method. */
  pageAt(path: string): string | undefined {
    return this.#entriesAt(path).find(({ template }) => template.match(path) !== undefined)?.endpoint.path;
  }

  #entriesAt(path: string): readonly Entry[] {
    const end = path.indexOf('/', 1);
    return this.#byRoot.get(path.slice(1, end === -1 ? undefined : end)) ?? [];
  }
}
