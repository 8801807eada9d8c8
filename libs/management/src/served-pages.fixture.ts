import { Logger } from '@nestjs/common';
import { Observations } from '#observation';
import { Access } from './access.js';
import type { ManagementEndpoint } from './management-endpoint.js';
import { ManagementEndpoints } from './management-endpoints.js';
import { ManagementListener } from './management-listener.js';
import { ManagementServer } from './management-server.js';
import { resolveManagementSettings } from './management-settings.js';
import type { ManagementOptions } from './management.options.js';
import { type RawRequest, type RawResponse, send } from './raw-request.fixture.js';

// A spec that is about log lines puts a logger of its own in the place.
Logger.overrideLogger(false);

/** Pages on a management server of their own, without an app around them. */
export class ServedPages implements AsyncDisposable {
  private constructor(
    readonly server: ManagementServer,
    readonly observations: Observations,
  ) {}

  static async start(pages: readonly ManagementEndpoint[], options: ManagementOptions = {}): Promise<ServedPages> {
    const settings = resolveManagementSettings({ port: 0, ...options });
    const endpoints = new ManagementEndpoints();
    for (const page of pages) endpoints.add(page);
    const observations = new Observations({ name: 'spec', version: '1', environment: 'test', instance: '1' });
    const listener = new ManagementListener(endpoints, new Access(settings), observations);
    const server = new ManagementServer(settings, listener);
    await server.open();
    return new ServedPages(server, observations);
  }

  send(path: string, request?: RawRequest): Promise<RawResponse> {
    return send(this.server.url + path, request);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.server.close();
  }
}
