/** What `GET /observations` tells of one of them. */
export interface ObservedItem {
  traceId: string;
  kind: string;
  name: string;
  durationMs: number;
}

/** Speaks to the operators' pages of one sample. */
export class ManagementClient {
  readonly url: string;

  constructor(url: string) {
    this.url = url;
  }

  async switchFault(name: string, enabled: boolean): Promise<void> {
    await this.#fetch(`/faults/${name}`, {
      method: 'PUT',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ enabled }),
    });
  }

  /** The slowest of the requests that it answered last and still remembers. */
  async slowestRequest(): Promise<ObservedItem | undefined> {
    const response = await this.#fetch('/observations?order=slowest');
    const { items } = (await response.json()) as { items: ObservedItem[] };
    return items.find(({ kind }) => kind === 'server');
  }

  async #fetch(path: string, init: RequestInit = {}): Promise<Response> {
    const response = await fetch(this.url + path, init);
    if (response.ok) return response;
    throw new Error(`${init.method ?? 'GET'} ${this.url}${path} answered ${response.status}: ${await response.text()}`);
  }
}
