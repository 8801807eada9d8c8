import { type AdapterName, AUDITED, GET, ROUTES, type Runtime, type Scenario } from './scenarios.ts';

/** What a variant must have done for the requests that were answered; what it did not do, it did not pay for. */
export type Work = 'access lines' | 'spans' | 'spans of the sampled' | 'samples' | 'audit records';

/** Where the work of a variant arrives. */
export interface Destinations {
  /** The receiver of spans, which also takes what is sent to Sentry. */
  otlpUrl: string;
}

/** The installation that a variant runs in: this workspace, or a project under `assembled`. */
export type Project = 'workspace' | 'nest-11' | 'nest-12';

/** One way to build the server that is measured. Adding one is an entry here, and an app if it needs one. */
export interface Variant {
  name: string;
  /** The file `<app>.app.ts` in `src` or in `assembled/src`. */
  app: string;
  /** What the app is given; plain data, because it is built in another process. */
  options: (to: Destinations) => object;
  work: readonly Work[];
  project: Project;
  /** Whose bare form it is divided by. */
  runtime: Runtime;
  /** The names of the routes that it is measured on. */
  routes: readonly string[];
  /** How many spans a request leaves for the layers of a framework, beside its own and one for each call that it makes. */
  layerSpans?: Record<AdapterName, number>;
  /** The name of the variant that it should cost as much as. */
  twin?: string;
}

/** What all others of the same runtime are divided by. */
export const BASELINE = 'bare Nest';
/** The same as the baseline: how far it seems to be off is how far all others may be off. */
export const CONTROL = 'bare Nest, again';

/** All six patterns. */
export const WHOLE = 'the whole suite';
/** All six patterns, with a span of one request in ten. */
export const SAMPLED = 'the whole suite, 10 % sampled';
/** All six patterns set to `false`. */
const ALL_OFF = 'all six false';
/** The features of the suite, put together from public packages as their documentation says. */
export const BY_HAND = 'assembled by hand';
const NESTJS_OTEL = 'nestjs-otel';

type PatternOptions = (to: Destinations) => object;

interface Pattern {
  options: PatternOptions;
  work: readonly Work[];
}

/** All patterns of the suite, by the name of their option, as they are measured. */
const PATTERNS: Record<string, Pattern> = {
  logging: { options: () => ({}), work: ['access lines'] },
  tracing: { options: ({ otlpUrl }) => ({ otlp: { url: otlpUrl } }), work: ['spans'] },
  metrics: { options: () => ({}), work: ['samples'] },
  // These have nothing to do for a request that succeeds: what they cost then is what is measured.
  health: { options: () => ({}), work: [] },
  exceptions: { options: () => ({}), work: [] },
  audit: { options: () => ({}), work: ['audit records'] },
};

const NAMES = Object.keys(PATTERNS);
const EVERYWHERE = ROUTES.map(({ name }) => name);

/** What is measured with a pattern on; the audit trail has something to do on one route only. */
const routesOf = (name: string): string[] => (name === 'audit' ? [GET, AUDITED] : [GET]);

export const VARIANTS: readonly Variant[] = [
  bare(BASELINE),
  bare(CONTROL),
  ...NAMES.map((name) => ({ ...suite(`${name} alone`, [name]), routes: routesOf(name) })),
  { ...suite(WHOLE, NAMES), routes: EVERYWHERE },
  sampledSuite(),
  suite(ALL_OFF, []),
  ...NAMES.flatMap(withAndWithout),
  assembled({ routes: EVERYWHERE }),
  nestjsOtel(),
  onNest11(bare(BASELINE)),
  onNest11(bare(CONTROL)),
  onNest11(suite(WHOLE, NAMES)),
  // OpenTelemetry's instrumentation of Nest has two more there: of the controller and of its method.
  { ...onNest11(assembled({})), layerSpans: { express: 8, fastify: 10 } },
];

const SUMMARY_NAMES: readonly string[] = [BASELINE, CONTROL, WHOLE, SAMPLED];
const STARTED_NAMES: readonly string[] = [BASELINE, WHOLE, ALL_OFF, BY_HAND, NESTJS_OTEL];

/** The few that tell the total; none of them has to be installed first. */
export const SUMMARY = VARIANTS.filter(({ name, project }) => SUMMARY_NAMES.includes(name) && project === 'workspace');

/** Those whose starts are looked at: pattern by pattern, there is not much to see. */
export const STARTED = VARIANTS.filter(({ name }) => STARTED_NAMES.includes(name));

export function takesPart({ runtime, routes }: Variant, scenario: Scenario): boolean {
  return runtime === scenario.runtime && routes.includes(scenario.route.name);
}

function bare(name: string): Variant {
  return {
    name,
    app: 'bare',
    options: () => ({}),
    work: [],
    project: 'workspace',
    runtime: 'Nest 12',
    routes: EVERYWHERE,
  };
}

/** The suite with some of its patterns on and all others off. */
function suite(name: string, on: readonly string[]): Variant {
  const all = Object.entries(PATTERNS);
  return {
    name,
    app: 'suite',
    options: (to) => ({
      service: { name: 'bench' },
      management: { port: 0 },
      ...Object.fromEntries(all.map(([key, { options }]) => [key, on.includes(key) && options(to)])),
    }),
    work: all.flatMap(([key, { work }]) => (on.includes(key) ? work : [])),
    project: 'workspace',
    runtime: 'Nest 12',
    routes: [GET],
  };
}

function sampledSuite(): Variant {
  const whole = suite(SAMPLED, NAMES);
  return {
    ...whole,
    options: (to) => {
      const options = whole.options(to) as { tracing: object };
      return { ...options, tracing: { ...options.tracing, sampling: { ratio: 0.1 } } };
    },
    work: whole.work.map((kind) => (kind === 'spans' ? 'spans of the sampled' : kind)),
  };
}

/** The suite with one pattern set to `false`, and the five others imported one by one in an app that has no sixth. */
function withAndWithout(name: string): Variant[] {
  const off = suite(
    `${name}: false`,
    NAMES.filter((other) => other !== name),
  );
  const absent: Variant = { ...off, name: `no ${name} module`, app: 'modules' };
  return [{ ...off, twin: absent.name }, absent];
}

function assembled({ routes = [GET] }: { routes?: readonly string[] }): Variant {
  return {
    name: BY_HAND,
    app: 'assembled',
    options: ({ otlpUrl }) => ({ otlpUrl, sentryDsn: sentryDsn(otlpUrl) }),
    work: ['access lines', 'spans', 'samples', 'audit records'],
    // Of each middleware and of each hook.
    layerSpans: { express: 6, fastify: 10 },
    project: 'nest-12',
    runtime: 'Nest 12',
    routes,
  };
}

function nestjsOtel(): Variant {
  return {
    name: NESTJS_OTEL,
    app: 'nestjs-otel',
    options: ({ otlpUrl }) => ({ otlpUrl }),
    work: ['spans'],
    // It instruments all of Express, the router within it and nothing of Fastify.
    layerSpans: { express: 11, fastify: 0 },
    project: 'nest-12',
    runtime: 'Nest 12',
    // A call would leave one more span where it opens a connection: how many spans there are would be a guess.
    routes: [GET],
  };
}

function onNest11(variant: Variant): Variant {
  return { ...variant, project: 'nest-11', runtime: 'Nest 11', routes: [GET] };
}

function sentryDsn(otlpUrl: string): string {
  return `http://bench@${new URL(otlpUrl).host}/1`;
}
