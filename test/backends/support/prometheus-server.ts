import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { freePort } from '../../../tools/ports.ts';
import { eventually } from '../../support/eventually.ts';

interface Answer<T> {
  status: 'success' | 'error';
  error?: string;
  data: T;
}

export interface Sample {
  metric: Record<string, string>;
  /** Seconds since the epoch, and the value as text. */
  value: [number, string];
}

export interface ExemplarSeries {
  seriesLabels: Record<string, string>;
  exemplars: { labels: Record<string, string>; value: string }[];
}

interface Targets {
  activeTargets: { health: string; lastError: string }[];
}

/** A Prometheus of its own that scrapes one page every second and keeps exemplars; it takes its data with it. */
export class PrometheusServer implements AsyncDisposable {
  readonly #process: ChildProcess;
  readonly #directory: string;
  readonly #url: string;
  #words = '';

  private constructor(child: ChildProcess, directory: string, url: string) {
    this.#process = child;
    this.#directory = directory;
    this.#url = url;
    child.stderr!.on('data', (chunk) => (this.#words += String(chunk)));
  }

  /** Starts one for a `host:port` and waits until its first scrape has succeeded. */
  static async scraping(target: string): Promise<PrometheusServer> {
    const directory = await mkdtemp(join(tmpdir(), 'crowsnest-prometheus-'));
    const configuration = {
      global: { scrape_interval: '1s', scrape_timeout: '1s' },
      scrape_configs: [{ job_name: 'orders', static_configs: [{ targets: [target] }] }],
    };
    // JSON is YAML, too.
    await writeFile(join(directory, 'prometheus.yml'), JSON.stringify(configuration));
    const address = `127.0.0.1:${await freePort()}`;
    const child = spawn(
      'prometheus',
      [
        `--config.file=${join(directory, 'prometheus.yml')}`,
        `--storage.tsdb.path=${join(directory, 'data')}`,
        `--web.listen-address=${address}`,
        '--enable-feature=exemplar-storage',
      ],
      { stdio: ['ignore', 'ignore', 'pipe'] },
    );
    const server = new PrometheusServer(child, directory, `http://${address}`);
    try {
      await server.#untilScraped();
      return server;
    } catch (error) {
      await server[Symbol.asyncDispose]();
      throw new Error(`${(error as Error).message}\n${server.#words}`, { cause: error });
    }
  }

  query(expression: string): Promise<Sample[]> {
    return this.#ask<{ result: Sample[] }>('query', { query: expression }).then(({ result }) => result);
  }

  exemplars(expression: string): Promise<ExemplarSeries[]> {
    const nowSeconds = Date.now() / 1_000;
    return this.#ask('query_exemplars', {
      query: expression,
      start: `${nowSeconds - 300}`,
      end: `${nowSeconds + 60}`,
    });
  }

  async #untilScraped(): Promise<void> {
    let trouble = '';
    await eventually(
      async () => {
        if (this.#process.exitCode !== null) throw new Error(`prometheus ended with code ${this.#process.exitCode}`);
        const { activeTargets } = await this.#ask<Targets>('targets', {}).catch(() => ({ activeTargets: [] }));
        trouble = activeTargets[0]?.lastError ?? trouble;
        return activeTargets.some(({ health }) => health === 'up') || undefined;
      },
      'successful scrape',
      30_000,
    ).catch((cause: Error) => {
      throw new Error(`${cause.message} ${trouble}`, { cause });
    });
  }

  async #ask<T>(path: string, parameters: Record<string, string>): Promise<T> {
    const response = await fetch(`${this.#url}/api/v1/${path}?${new URLSearchParams(parameters)}`);
    const answer = (await response.json()) as Answer<T>;
    if (answer.status === 'success') return answer.data;
    throw new Error(`Prometheus: ${path} answered ${answer.error}`);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    if (this.#process.exitCode === null && this.#process.signalCode === null) {
      const ended = once(this.#process, 'exit');
      this.#process.kill('SIGTERM');
      await ended;
    }
    await rm(this.#directory, { recursive: true, force: true });
  }
}
