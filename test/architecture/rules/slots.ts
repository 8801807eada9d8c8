import ts from 'typescript';
import { PATTERNS } from './import-direction.ts';
import type { SourceFile } from './source-file.ts';

/** The five places of a pattern's library, by file name without `.ts`. */
export interface Slots {
  /** Plain data. */
  readonly vocabulary: readonly string[];
  /** The one class that can be explained without Nest. */
  readonly heart: string;
  /** Where Nest or HTTP touches it. */
  readonly edge: readonly string[];
  /** One interface of one to three methods; beside it `<port>.contract.ts`, the suite that every adapter passes. */
  readonly port: string;
  /** The ways out: `<folder>/<name>.<role>.ts`. */
  readonly adapters: { readonly folder: string; readonly role: string };
  /** Packages that the pattern is made of, so that its heart may know them. */
  readonly madeOf?: readonly string[];
}

export const SLOTS: Readonly<Record<string, Slots>> = {
  health: {
    vocabulary: ['health-status', 'check-result', 'health-report'],
    heart: 'health-checker',
    edge: ['health.edge', 'health.endpoint', 'health-contributor.decorator', 'synthetic-check.decorator'],
    port: 'health-indicator',
    adapters: { folder: 'indicators', role: 'indicator' },
  },
  logging: {
    vocabulary: ['log-entry', 'log-level'],
    heart: 'structured-log',
    edge: ['app-logger', 'observation-lines', 'loggers.endpoint'],
    port: 'log-destination',
    adapters: { folder: 'destinations', role: 'destination' },
  },
  tracing: {
    vocabulary: ['finished-observation'],
    heart: 'tracing',
    edge: ['traced.decorator', 'tracing.interceptor', 'observations.endpoint'],
    port: 'span-destination',
    adapters: { folder: 'destinations', role: 'destination' },
    madeOf: ['@opentelemetry/api'],
  },
  exceptions: {
    vocabulary: ['exception-report', 'issue'],
    heart: 'exception-tracker',
    edge: ['exceptions.edge', 'exceptions.handler', 'exceptions.endpoint', 'problem-details.filter'],
    port: 'exception-reporter',
    adapters: { folder: 'reporters', role: 'reporter' },
  },
  metrics: {
    vocabulary: ['metric-definition', 'metric-family'],
    heart: 'metric-registry',
    edge: ['metrics.handler', 'metrics.endpoint', 'timed.decorator', 'counted.decorator'],
    port: 'metric-format',
    adapters: { folder: 'formats', role: 'format' },
    madeOf: ['prom-client'],
  },
  audit: {
    vocabulary: ['audit-record', 'audit-event'],
    heart: 'audit-trail',
    edge: ['audit.edge', 'audit.handler', 'audit.endpoint', 'audited.decorator', 'audit.interceptor'],
    port: 'audit-store',
    adapters: { folder: 'stores', role: 'store' },
  },
};

const NEST_IN_A_HEART = ['Injectable', 'Inject'];

/** Slots that a built pattern's library leaves empty. */
export function emptySlots(files: readonly SourceFile[]): string[] {
  return builtPatterns(files).flatMap((pattern) => {
    const slots = SLOTS[pattern];
    if (slots === undefined) return [`libs/${pattern} has no line in the table of slots`];
    const { vocabulary, heart, edge, port, adapters } = slots;
    const needed = [...vocabulary, heart, ...edge, port, `${port}.contract`].map(
      (name) => `libs/${pattern}/src/${name}.ts`,
    );
    const missing = needed.filter((path) => !files.some((file) => file.path === path));
    if (adaptersOf(pattern, files).length === 0) {
      missing.push(`libs/${pattern}/src/${adapters.folder}/*.${adapters.role}.ts`);
    }
    return missing.map((path) => `${path} is missing`);
  });
}

/** Hearts that know an edge, an adapter, or a package that is not theirs. */
export function entangledHearts(files: readonly SourceFile[]): string[] {
  return builtPatterns(files).flatMap((pattern) => {
    const slots = SLOTS[pattern];
    const heart = files.find(({ path }) => path === `libs/${pattern}/src/${slots?.heart}.ts`);
    if (slots === undefined || heart === undefined) return [];
    const edges = [...slots.edge, `${pattern}.module`, `${pattern}.module-definition`].map((name) => `./${name}.js`);
    return heart.imports
      .filter(({ specifier, names }) => {
        if (specifier === '@nestjs/common') return !names.every((name) => NEST_IN_A_HEART.includes(name));
        if (specifier.startsWith('.')) {
          return edges.includes(specifier) || specifier.startsWith(`./${slots.adapters.folder}/`);
        }
        return !/^(#|node:)/.test(specifier) && !slots.madeOf?.includes(specifier);
      })
      .map(({ specifier, names }) => `${heart.path} imports ${names.join(', ')} from ${specifier}`);
  });
}

/** Ports that are more, or less, than one interface of one to three methods. */
export function unclearPorts(files: readonly SourceFile[]): string[] {
  return builtPatterns(files).flatMap((pattern) => {
    const port = files.find(({ path }) => path === `libs/${pattern}/src/${SLOTS[pattern]?.port}.ts`);
    if (port === undefined) return [];
    const interfaces = port.tree.statements.filter(ts.isInterfaceDeclaration);
    const methods = interfaces.map(({ members }) => members.filter(isMethod).length).filter((count) => count > 0);
    if (methods.length === 1 && methods[0]! <= 3) return [];
    return [`${port.path} has ${methods.length} interfaces with ${methods.join(' and ') || 'no'} methods`];
  });
}

/** Adapters without a spec that calls the contract of their port. */
export function adaptersWithoutContract(files: readonly SourceFile[]): string[] {
  return builtPatterns(files).flatMap((pattern) =>
    adaptersOf(pattern, files)
      .filter(({ path }) => {
        const spec = files.find((file) => file.path === path.replace(/\.ts$/, '.spec.ts'));
        return !spec?.imports.some(({ specifier }) => specifier === `../${SLOTS[pattern]!.port}.contract.js`);
      })
      .map(({ path }) => `${path} has no spec beside it that calls ${SLOTS[pattern]!.port}.contract`),
  );
}

function builtPatterns(files: readonly SourceFile[]): string[] {
  return PATTERNS.filter((pattern) => files.some(({ path }) => path === `libs/${pattern}/src/index.ts`));
}

function adaptersOf(pattern: string, files: readonly SourceFile[]): SourceFile[] {
  const { folder, role } = SLOTS[pattern]?.adapters ?? { folder: '', role: '' };
  return files.filter(({ path }) => path.startsWith(`libs/${pattern}/src/${folder}/`) && path.endsWith(`.${role}.ts`));
}

function isMethod(member: ts.TypeElement): boolean {
  return (
    ts.isMethodSignature(member) ||
    (ts.isPropertySignature(member) && !!member.type && ts.isFunctionTypeNode(member.type))
  );
}
