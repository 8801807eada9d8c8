import { describe, expect, it } from 'vitest';
import { wrongImports } from './rules/import-direction.ts';
import { moduleState } from './rules/module-state.ts';
import { emptyTypeNames, misspelledFileNames, vagueFileNames } from './rules/naming.ts';
import { indexesWithMoreThanNames, starExports } from './rules/public-names.ts';
import { longFiles } from './rules/size.ts';
import { adaptersWithoutContract, emptySlots, entangledHearts, SLOTS, unclearPorts } from './rules/slots.ts';
import { SourceFile, sourceFiles } from './rules/source-file.ts';

type Rule = (files: readonly SourceFile[]) => string[];

const LIBRARIES = sourceFiles('libs');
const EVERYTHING = [...LIBRARIES, ...sourceFiles('apps', 'tools', 'test', 'bench')];

/** A file that breaks a rule, put where its path says without being written there. */
const planted = (path: string, text = ''): SourceFile => new SourceFile(path, text);
const lines = (count: number): string => 'export {};\n'.repeat(count);

/** A pattern's library with all five slots, for a rule to miss what is taken away. */
function metricsLibrary(changed: Readonly<Record<string, string | undefined>> = {}): SourceFile[] {
  const { vocabulary, heart, edge, port } = SLOTS['metrics']!;
  const spec = `import { describeFormat } from '../${port}.contract.js';`;
  const texts: Record<string, string | undefined> = {
    ...Object.fromEntries(['index', ...vocabulary, heart, ...edge, `${port}.contract`].map((name) => [name, ''])),
    [port]: 'export interface MetricFormat { print(): string }',
    'formats/plain.format': '',
    'formats/plain.format.spec': spec,
    ...changed,
  };
  return Object.entries(texts)
    .filter(([, text]) => text !== undefined)
    .map(([name, text]) => planted(`libs/metrics/src/${name}.ts`, text));
}

const heartWith = (statement: string): SourceFile[] => metricsLibrary({ 'metric-registry': statement });
const IN_METRICS = 'libs/metrics/src/planted.ts';

describe.each<[string, Rule, readonly SourceFile[], (readonly SourceFile[])[]]>([
  [
    'imports point one way',
    wrongImports,
    EVERYTHING,
    [
      [planted(IN_METRICS, `import { Tracing } from '#tracing';`)],
      [planted(IN_METRICS, `import type { Tracing } from '#tracing';`)],
      [planted(IN_METRICS, `type Tracing = import('#tracing').Tracing;`)],
      [planted(IN_METRICS, `await import('#observability');`)],
      [planted(IN_METRICS, `export { Tracing } from '../../tracing/src/index.js';`)],
      [planted(IN_METRICS, `import { MetricRegistry } from '#metrics';`)],
      [planted(IN_METRICS, `import { Observations } from '@crowsnest/observability';`)],
      [planted(IN_METRICS, `import { freePort } from '../../../test/support/ports.js';`)],
      [planted('libs/observation/src/planted.ts', `import { ManagementModule } from '#management';`)],
      [planted('libs/delivery/src/planted.ts', `import { MetricRegistry } from '#metrics';`)],
      [planted('apps/order/src/planted.ts', `import { Observations } from '#observation';`)],
      [planted('apps/order/src/planted.ts', `import { Role } from '../../gateway/src/auth/roles.guard.js';`)],
      [planted('apps/order/src/planted.ts', `import '@crowsnest/observability/dist/observation/src/index.js';`)],
      [planted('tools/planted.ts', `import { eventually } from '../test/support/eventually.ts';`)],
    ],
  ],
  [
    'each pattern that is built fills its five slots',
    emptySlots,
    LIBRARIES,
    [
      metricsLibrary({ 'metric-definition': undefined }),
      metricsLibrary({ 'metric-registry': undefined }),
      metricsLibrary({ 'timed.decorator': undefined }),
      metricsLibrary({ 'metric-format': undefined }),
      metricsLibrary({ 'metric-format.contract': undefined }),
      metricsLibrary({ 'formats/plain.format': undefined }),
    ],
  ],
  [
    'a heart knows neither edge nor adapter nor foreign package',
    entangledHearts,
    LIBRARIES,
    [
      heartWith(`import { Logger } from '@nestjs/common';`),
      heartWith(`import * as nest from '@nestjs/common';`),
      heartWith(`import { HttpAdapterHost } from '@nestjs/core';`),
      heartWith(`import { trace } from '@opentelemetry/api';`),
      heartWith(`import type { Pool } from 'pg';`),
      heartWith(`import { Timed } from './timed.decorator.js';`),
      heartWith(`import { plain } from './formats/plain.format.js';`),
      heartWith(`import { MetricsModule } from './metrics.module.js';`),
    ],
  ],
  [
    'a port is one interface of one to three methods',
    unclearPorts,
    LIBRARIES,
    [
      metricsLibrary({ 'metric-format': 'export interface MetricFormat { readonly type: string }' }),
      metricsLibrary({ 'metric-format': 'export interface Format { a(): 1; b(): 2; c: () => 3; d(): 4 }' }),
      metricsLibrary({ 'metric-format': 'interface Reader { read(): 1 } interface Writer { write(): 2 }' }),
    ],
  ],
  [
    'every adapter passes the contract of its port',
    adaptersWithoutContract,
    LIBRARIES,
    [
      metricsLibrary({ 'formats/plain.format.spec': undefined }),
      metricsLibrary({ 'formats/plain.format.spec': `import { plain } from './plain.format.js';` }),
    ],
  ],
  [
    'a file name says which concept is in it',
    vagueFileNames,
    EVERYTHING,
    ['utils', 'log.types', 'constants', 'shared/thing', 'string-case/helpers', 'order.interface'].map((name) => [
      planted(`libs/logging/src/${name}.ts`),
    ]),
  ],
  [
    'a file name is kebab-case with dotted roles',
    misspelledFileNames,
    EVERYTHING,
    ['LogSink', 'logSink', 'log_sink', 'log-sink.Contract', 'log--sink'].map((name) => [
      planted(`libs/logging/src/${name}.ts`),
    ]),
  ],
  [
    'a type name has no word without meaning',
    emptyTypeNames,
    EVERYTHING,
    [
      [planted(IN_METRICS, 'export class MetricManager {}')],
      [planted(IN_METRICS, 'export interface IMetric {}')],
      [planted(IN_METRICS, 'type MetricUtils = 1;')],
    ],
  ],
  [
    'a file is short enough for one concept',
    longFiles,
    EVERYTHING,
    [
      [planted('libs/metrics/src/index.ts', lines(61))],
      [planted('libs/metrics/src/metrics.module.ts', lines(81))],
      [planted(IN_METRICS, lines(201))],
      [planted('libs/metrics/src/planted.spec.ts', lines(301))],
    ],
  ],
  [
    'nothing is exported without being named',
    starExports,
    EVERYTHING,
    [
      [planted(IN_METRICS, `export * from './metric-name.js';`)],
      [planted(IN_METRICS, `export * as names from './metric-name.js';`)],
    ],
  ],
  [
    'an index is a list of names',
    indexesWithMoreThanNames,
    EVERYTHING,
    [
      [planted('libs/metrics/src/index.ts', `export const a = 1;`)],
      [planted('libs/metrics/src/index.ts', `import './side-effect.js';\nexport { a } from './a.js';`)],
    ],
  ],
  [
    'no module keeps state for the whole process',
    moduleState,
    LIBRARIES,
    [
      [planted(IN_METRICS, 'let current = 0;')],
      [planted(IN_METRICS, 'export var current = 0;')],
      [planted(IN_METRICS, 'const known = new Map<string, number>();')],
      [planted(IN_METRICS, 'export const seen: Set<string> = new Set();')],
      [planted(IN_METRICS, 'const owners = new WeakMap();')],
      [planted(IN_METRICS, 'class Registry { static current?: Registry }')],
      [planted(IN_METRICS, 'class Registry { static readonly #all = new Set<Registry>() }')],
    ],
  ],
])('%s', (_title, rule, files, faults) => {
  it('everywhere in the repository', () => {
    expect(rule(files)).toEqual([]);
  });

  it.each(faults.map((fault, index) => [index + 1, fault] as const))(
    'and planted fault %i is seen',
    (_number, fault) => {
      expect(rule(fault)).toHaveLength(1);
    },
  );
});

describe('what the rules leave alone', () => {
  it.each<[string, Rule, readonly SourceFile[]]>([
    ['a complete library', emptySlots, metricsLibrary()],
    [
      'a heart with the ground floor, Node, and what it is made of',
      entangledHearts,
      heartWith(
        `import { Injectable } from '@nestjs/common';\nimport { Registry } from 'prom-client';\nimport { Observations } from '#observation';\nimport { createHash } from 'node:crypto';`,
      ),
    ],
    ['a port with one method', unclearPorts, metricsLibrary()],
    ['an adapter that passes the contract', adaptersWithoutContract, metricsLibrary()],
    ['a read-only table', moduleState, [planted(IN_METRICS, 'const KNOWN: ReadonlySet<string> = new Set(["a"]);')]],
    [
      'the one file for what is process-wide',
      moduleState,
      [planted('libs/observation/src/process-wide.ts', 'let a = 1;')],
    ],
    ['a pattern that is not built', emptySlots, []],
  ])('is %s', (_what, rule, files) => {
    expect(rule(files)).toEqual([]);
  });
});
