import type { Config } from '../config/config.ts';
import { findMappings, shippedBundles } from '../config/find-mappings.ts';
import { EzdError } from '../core/errors.ts';
import type { Plan } from '../core/plan.ts';
import type { Translator } from '../i18n/translator.ts';
import { nameKey } from '../inspect/against/plan-reads.ts';
import { loadBundle } from '../mapping/bundle/load-bundle.ts';
import { compilePlan } from '../mapping/compile-plan.ts';
import { createReport } from '../mapping/report.ts';
import { TRANSFORMS } from '../transform/transforms/registry.ts';
import { RULE_SIGNATURES } from '../validate/rule-book.ts';
import { storeCatalogue } from '../write/postgres/schema/store-catalogue.ts';

/** Mappings to compare a picture with. */
export interface AgainstMappings {
  readonly mappings: string;
  readonly plan: Plan;
  /** Tables and columns (`nameKey`) that a database may lack. */
  readonly optional: ReadonlySet<string>;
}

/**
 * Compiles a folder of mappings, or a bundle of the program by its name, for themselves, without any source. Throws EzdError USAGE when it is not there, MAPPING when it is wrong
 * in itself.
 */
export function loadAgainst(mappings: string, cwd: string, config: Config, texts: Translator): AgainstMappings {
  const bundleDir = findMappings(cwd, mappings);
  if (bundleDir === null) {
    throw new EzdError('USAGE', texts.text('inspect.noMappings', { mappings }), {
      subject: mappings,
      hint: texts.text('inspect.bundles', { bundles: shippedBundles().join(', ') }),
    });
  }
  const { office, timezone, language, target } = config;
  const known = { transforms: TRANSFORMS, rules: RULE_SIGNATURES };
  const { schema } = target;
  const catalogue = storeCatalogue(schema);
  const { plan } = compilePlan({
    bundleDir,
    office,
    timezone,
    language,
    schema,
    source: null,
    target: catalogue,
    ...known,
  });
  return { mappings, plan, optional: optionalNames(bundleDir, texts) };
}

function optionalNames(bundleDir: string, { language }: Translator): ReadonlySet<string> {
  const names = new Set<string>();
  const full = (table: string): string => (table.includes('.') ? table : `dbo.${table}`);
  for (const { document } of loadBundle(bundleDir, createReport(language)).entities.values()) {
    const { table, optional, optionalColumns = [], join = {} } = document.value.from;
    if (optional === true) names.add(nameKey(full(table)));
    for (const column of optionalColumns) names.add(nameKey(full(table), column));
    for (const each of Object.values(join)) if (each.optional === true) names.add(nameKey(full(each.table)));
  }
  return names;
}
