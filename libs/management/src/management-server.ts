import { createServer, type Server } from 'node:http';
import { type AddressInfo, isIPv6 } from 'node:net';
import { Logger } from '@nestjs/common';
import { openOnFreePort } from './free-port.js';
import type { ManagementListener } from './management-listener.js';
import type { ManagementSettings } from './management-settings.js';

const LIMITS = { headersTimeout: 10_000, requestTimeout: 30_000, maxHeaderSize: 16 * 1024 };
const CLOSE_MS = 500;

/** Serves operators' pages on a port of their own, for as long as the app lives; it keeps no process alive. */
export class ManagementServer {
  readonly #logger = new Logger('ManagementServer');
  #server: Server | undefined;
  #url: string | undefined;

  constructor(
    private readonly settings: ManagementSettings,
    private readonly listener: ManagementListener,
  ) {}

  /** Where the pages are, with the port that was found free; undefined while they have no port of their own. */
  get url(): string | undefined {
    return this.#url;
  }

  async open(): Promise<void> {
    const { port, host } = this.settings;
    if (typeof port !== 'number') return;
    const server = createServer(LIMITS, (incoming, outgoing) => void this.listener.answer(incoming, outgoing));
    server.unref();
    server.on('connection', (socket) => socket.unref());
    await openOnFreePort(server, host, port);
    server.on('error', (error) => this.#logger.warn({ err: error }, 'The management server has trouble'));
    this.#server = server;
    const { address, port: actual } = server.address() as AddressInfo;
    this.#url = `http://${isIPv6(address) ? `[${address}]` : address}:${actual}`;
    this.#logger.log(`Operators' pages: ${this.#url}${port === 0 || port === actual ? '' : ` (${port} is taken)`}`);
  }

  /** Answers what is under way for a moment longer and gives the port back. */
  async close(): Promise<void> {
    const server = this.#server;
    if (server === undefined) return;
    this.#server = this.#url = undefined;
    const timer = setTimeout(() => server.closeAllConnections(), CLOSE_MS);
    await new Promise((closed) => server.close(closed));
    clearTimeout(timer);
  }
}
