import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { AppProcess } from '../../tools/app-process.ts';
import { type EmbeddedPostgres, startPostgres } from '../../tools/embedded-postgres.ts';
import { ensureKeys } from '../../tools/keys.ts';
import { claimSamplePorts, sampleApps, type SamplePorts } from '../../tools/sample-apps.ts';
import { type Role, signedToken } from '../../tools/signed-token.ts';
import { eventually } from './eventually.ts';

export type SampleName = 'gateway' | 'order';

export interface LogLine {
  msg: string;
  level: number;
  service: string;
  context?: string;
  trace_id?: string;
  span_id?: string;
  request_id?: string;
  'http.route'?: string;
  'http.request.method'?: string;
  'http.response.status_code'?: number;
  'actor.id'?: string;
  duration_ms?: number;
  err?: { stack?: string };
}

/** What `GET /observations` tells of one of them. */
export interface ObservedItem {
  traceId: string;
  spanId: string;
  parentSpanId?: string;
  name: string;
  kind: string;
  durationMs: number;
  outcome: string;
}

/** Both samples as real processes with a real database, on free ports and with data of their own. */
export class RunningSamples implements AsyncDisposable {
  readonly lines: Record<SampleName, LogLine[]> = { gateway: [], order: [] };
  readonly #unparsed: string[] = [];
  readonly #resources = new AsyncDisposableStack();
  readonly apps = new Map<SampleName, AppProcess>();

  private constructor(
    readonly ports: SamplePorts,
    readonly keysDir: string,
    readonly database: EmbeddedPostgres,
  ) {}

  static async start(env: Record<string, string> = {}): Promise<RunningSamples> {
    const directory = await mkdtemp(join(tmpdir(), 'crowsnest-samples-'));
    const database = await startPostgres({ dataDir: join(directory, 'postgres'), say: () => undefined });
    const { jwksFile } = await ensureKeys(join(directory, 'keys'));
    const free = { ORDER_PORT: '0', ORDER_MANAGEMENT_PORT: '0', GATEWAY_PORT: '0', GATEWAY_MANAGEMENT_PORT: '0' };
    const samples = new RunningSamples(await claimSamplePorts(free), join(directory, 'keys'), database);
    samples.#resources.defer(() => rm(directory, { recursive: true, force: true }));
    samples.#resources.use(database);
    for (const app of sampleApps(samples.ports, { databaseUrl: database.url, jwksFile })) {
      const name = app.name as SampleName;
      const own = { LOG_LEVEL: undefined, ...app.env, ...env };
      const child = new AppProcess({ ...app, env: own }, { onLine: (line) => samples.#read(name, line) });
      samples.apps.set(name, samples.#resources.use(child));
    }
    try {
      await Promise.all([...samples.apps.values()].map((app) => app.untilReady()));
    } catch (error) {
      await samples[Symbol.asyncDispose]();
      throw new Error([(error as Error).message, ...samples.#complaints()].join('\n'), { cause: error });
    }
    return samples;
  }

  url(name: SampleName, path: string): string {
    return `http://127.0.0.1:${this.ports[name]}${path}`;
  }

  managementUrl(name: SampleName, path: string): string {
    return `http://127.0.0.1:${this.ports[`${name}Management`]}${path}`;
  }

  token(user: string, role: Role, expiresIn?: string): Promise<string> {
    return signedToken({ user, role, expiresIn, keysDir: this.keysDir });
  }

  /** Sends a request to the gateway as a customer, with a JSON body where one is given. */
  async send(
    user: string,
    method: string,
    path: string,
    body?: unknown,
    headers: Record<string, string> = {},
  ): Promise<Response> {
    const role: Role = user === 'olga' ? 'operator' : 'customer';
    const auth = { authorization: `Bearer ${await this.token(user, role)}`, ...headers };
    if (body === undefined) return fetch(this.url('gateway', path), { method, headers: auth });
    const text = typeof body === 'string' ? body : JSON.stringify(body);
    return fetch(this.url('gateway', path), {
      method,
      headers: { 'content-type': 'application/json', ...auth },
      body: text,
    });
  }

  async observations(name: SampleName, traceId: string): Promise<ObservedItem[]> {
    const response = await fetch(this.managementUrl(name, `/observations?traceId=${traceId}`));
    return ((await response.json()) as { items: ObservedItem[] }).items;
  }

  async metrics(name: SampleName, accept = 'text/plain'): Promise<string> {
    return (await fetch(this.managementUrl(name, '/metrics'), { headers: { accept } })).text();
  }

  /** The access lines of one trace, once there are as many as expected. */
  accessLines(name: SampleName, traceId: string, count = 1): Promise<LogLine[]> {
    return eventually(() => {
      const lines = this.lines[name].filter((line) => line.trace_id === traceId && line.duration_ms !== undefined);
      return lines.length >= count ? lines : undefined;
    }, `${count} access lines of ${name} for trace ${traceId}`);
  }

  #complaints(): string[] {
    const severe = Object.values(this.lines).flatMap((lines) => lines.filter(({ level }) => level >= 50));
    return [...severe.map(({ service, msg, err }) => `${service}: ${msg}\n${err?.stack ?? ''}`), ...this.#unparsed];
  }

  #read(name: SampleName, text: string): void {
    if (text.startsWith('{')) this.lines[name].push(JSON.parse(text) as LogLine);
    else this.#unparsed.push(`${name}: ${text}`);
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.#resources.disposeAsync() as Promise<void>;
  }
}
