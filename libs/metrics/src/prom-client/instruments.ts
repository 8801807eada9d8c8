import { Registry, type RegistryContentType } from 'prom-client';
import type { CollectedDefinition } from '../metric-definition.js';

export { Counter, Gauge, Histogram, type Metric, type Registry, Summary } from 'prom-client';

/** A registry whose instruments take exemplars, which prom-client ties to the format; nobody prints with it. */
export function openRegistry(): Registry {
  const registry = new Registry<RegistryContentType>();
  registry.setContentType(Registry.OPENMETRICS_CONTENT_TYPE);
  return registry as Registry;
}

/** What prom-client wants to know of an instrument. */
export type InstrumentConfig<Label extends string = string> = ReturnType<typeof configOf<Label>>;

export function configOf<Label extends string>(
  name: string,
  definition: CollectedDefinition<Label>,
  registry: Registry,
) {
  const { description, labels = [], exemplars = false, collect } = definition;
  return {
    name,
    help: description,
    labelNames: [...labels],
    enableExemplars: exemplars,
    registers: [registry],
    ...(collect && { collect }),
  };
}
