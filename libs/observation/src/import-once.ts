import type { Type } from '@nestjs/common';
import type { ModulesContainer } from '@nestjs/core';

/** A module class that says of itself that a second import would double its signals. */
export interface ImportOnce {
  readonly importOnce: true;
}

/** Refuses an app that imports such a module twice, and says where. */
export function refuseSecondImports(modules: ModulesContainer): void {
  const seen = new Set<Type>();
  for (const { metatype } of modules.values()) {
    if (!(metatype as unknown as Partial<ImportOnce>).importOnce) continue;
    if (seen.has(metatype)) throw new Error(explain(metatype, modules));
    seen.add(metatype);
  }
}

function explain(metatype: Type, modules: ModulesContainer): string {
  const importers = [...modules.values()].filter((module) => namesAmongItsImports(module.metatype, metatype));
  const names = importers.map(({ name }) => name).join(' and ') || 'modules that other modules make';
  return `${metatype.name} is imported twice, by ${names}: every signal would be doubled. Import it once, in the root module.`;
}

/** What stands in its decorator: Nest's own list of imports has every global module in it as well. */
function namesAmongItsImports(importer: Type, metatype: Type): boolean {
  const imports = (Reflect.getMetadata('imports', importer) ?? []) as (Type | { module?: Type })[];
  return imports.some((one) => one === metatype || (one as { module?: Type }).module === metatype);
}
