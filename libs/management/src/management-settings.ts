import { isIP } from 'node:net';
import { isLoopback } from './local-caller.js';
import { DEFAULT_MANAGEMENT_OPTIONS, type ManagementOptions } from './management.options.js';
import { PathTemplate } from './path-template.js';

/** The options as they apply: checked, and complete with the defaults. */
export interface ManagementSettings extends ManagementOptions {
  /** Undefined when operators' pages are not served at all. */
  readonly port: number | 'app' | undefined;
  readonly host: string;
  readonly anonymous: readonly string[];
  readonly hosts: readonly string[];
}

const OPTION_NAMES: readonly string[] = [
  'port',
  'host',
  'token',
  'authorize',
  'anonymous',
  'hosts',
] satisfies (keyof ManagementOptions)[];
const MIN_TOKEN_LENGTH = 16;
const HOST_NAME = /^[a-z0-9]([a-z0-9-]*[a-z0-9])?(\.[a-z0-9]([a-z0-9-]*[a-z0-9])?)*$/i;

/** Checks the options and fills in the defaults; a wrong one is refused with the way out. */
export function resolveManagementSettings(options: ManagementOptions | false = {}): ManagementSettings {
  if (options === false) return { ...DEFAULT_MANAGEMENT_OPTIONS, port: undefined };
  for (const name of Object.keys(options)) {
    if (!OPTION_NAMES.includes(name)) refuse(`"${name}" is no option`, `Use one of ${OPTION_NAMES.join(', ')}.`);
  }
  const given = Object.fromEntries(Object.entries(options).filter(([, value]) => value !== undefined));
  const settings: ManagementSettings = { ...DEFAULT_MANAGEMENT_OPTIONS, ...given };
  checkPort(settings);
  checkNames(settings);
  checkAccess(settings);
  return settings;
}

function checkPort({ port }: ManagementSettings): void {
  if (port === 'app' || (Number.isInteger(port) && Number(port) >= 0 && Number(port) <= 65_535)) return;
  refuse(`port is ${show(port)}`, `Use a whole number from 0 to 65535, or 'app'.`);
}

function checkNames({ host, hosts, anonymous }: ManagementSettings): void {
  if (!isHost(host)) refuse(`host ${show(host)} is neither an address nor a name`, `Use one like '127.0.0.1'.`);
  if (!Array.isArray(hosts) || !hosts.every(isHost)) {
    refuse(`hosts is ${show(hosts)}`, `Give names without port, like ['ops.example.com'].`);
  }
  if (!Array.isArray(anonymous) || !anonymous.every((path) => typeof path === 'string')) {
    refuse(`anonymous is ${show(anonymous)}`, `Give paths, like ['/metrics'].`);
  }
  for (const path of anonymous) new PathTemplate(path);
}

function checkAccess({ host, token, authorize }: ManagementSettings): void {
  if (authorize !== undefined && typeof authorize !== 'function') {
    refuse(`authorize is ${show(authorize)}`, `Give a function that answers 'none', 'read' or 'write'.`);
  }
  // The token itself is not shown: this text ends up in logs.
  if (token !== undefined && typeof token !== 'string') refuse(`token is of type ${typeof token}`, 'Give a text.');
  if (token !== undefined && token.length < MIN_TOKEN_LENGTH) {
    refuse(`token has ${token.length} characters`, `Use at least ${MIN_TOKEN_LENGTH}, chosen by chance.`);
  }
  if (token !== undefined && !/^[\x21-\x7e]+$/.test(token)) {
    refuse('token has characters that a header cannot carry', 'Use letters, digits and punctuation of ASCII.');
  }
  if (token === undefined && authorize === undefined && !isLoopback(host)) {
    refuse(
      `host ${show(host)} can be reached from other machines and anybody could see and change everything`,
      `Set management.token or management.authorize, or leave host at '127.0.0.1'.`,
    );
  }
}

function isHost(host: unknown): host is string {
  return typeof host === 'string' && (isIP(host) !== 0 || HOST_NAME.test(host));
}

function show(value: unknown): string {
  return JSON.stringify(value) ?? String(value);
}

function refuse(what: string, wayOut: string): never {
  throw new Error(`ManagementModule: ${what}. ${wayOut}`);
}
