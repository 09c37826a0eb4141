import type { z } from 'zod';
import { EzdError, type FilePosition } from '../../core/errors.ts';
import type { LookupPlan, NotMapped } from '../../core/plan.ts';
import { explainIssues } from '../../yaml/explain-issues.ts';
import { parseYaml, type YamlFile } from '../../yaml/yaml-file.ts';
import { type BundleSpec, bundleSpec, notMappedSpec } from '../document/bundle-schema.ts';
import { type EntityPatch, type EntitySpec, entityPatch, entitySpec } from '../document/entity-schema.ts';
import type { Report } from '../report.ts';
import type { BundleFile, Document, Layer } from './document.ts';
import { mergeEntity } from './merge-entity.ts';
import { mergeLookup } from './merge-lookup.ts';
import { readLayers } from './read-layers.ts';
import { readLookup } from './read-lookup.ts';

/** One mapping after all overlays, not yet compiled. */
export interface EntitySource {
  readonly name: string;
  /** File within its folder, for the plan. */
  readonly file: string;
  readonly document: Document<EntitySpec>;
}

/** A look-up and the file shown for it. */
export interface LookupSource {
  readonly plan: LookupPlan;
  readonly shown: string;
}

/** An entry of not-mapped.yaml and its place. */
export interface ListedSource {
  readonly entry: NotMapped;
  readonly at: FilePosition;
}

/** A bundle with everything it extends, merged; nothing in it is checked against a catalogue yet. */
export interface Bundle {
  readonly entities: ReadonlyMap<string, EntitySource>;
  readonly lookups: ReadonlyMap<string, LookupSource>;
  readonly notMapped: readonly ListedSource[];
  /** Names of entities and look-ups whose file could not be understood, so that what refers to them is not blamed. */
  readonly broken: ReadonlySet<string>;
}

/**
 * Reads a folder of mappings and what it extends. What is wrong goes to `report`; a file with problems is left out.
 * @throws EzdError MAPPING when the folder is not there or holds no mapping.
 */
export function loadBundle(dir: string, report: Report): Bundle {
  const layers = readLayers(dir, report);
  const entities = new Map<string, EntitySource>();
  const lookups = new Map<string, LookupSource>();
  const notMapped = new Map<string, ListedSource>();
  const broken = new Set<string>();
  for (const layer of layers) {
    const about = readBundleFile(layer, report);
    addEntities(layer, about, { entities, broken }, report);
    addLookups(layer, about, { lookups, broken }, report);
    addNotMapped(layer, notMapped, report);
    checkReplace(about, entities, lookups, report);
  }
  if (layers.every((layer) => layer.entities.length === 0))
    throw new EzdError('MAPPING', report.text('noEntities', { dir }), { subject: dir });
  return { entities, lookups, notMapped: [...notMapped.values()], broken };
}

function readBundleFile(layer: Layer, report: Report): Document<BundleSpec> | null {
  return layer.bundle === null ? null : readDocument(layer.bundle, bundleSpec, report);
}

function addEntities(
  layer: Layer,
  about: Document<BundleSpec> | null,
  { entities, broken }: { readonly entities: Map<string, EntitySource>; readonly broken: Set<string> },
  report: Report,
): void {
  const here = new Map<string, string>();
  for (const file of layer.entities) {
    const yaml = parse(file, report);
    const name = entityName(yaml.value);
    const below = name === null ? undefined : entities.get(name);
    const first = name === null ? undefined : here.get(name);
    if (name !== null && first !== undefined) {
      report.error('entityTwice', { entity: name, other: first }, yaml.at(['entity']));
      continue;
    }
    if (name !== null) here.set(name, file.name);
    const replaces = name !== null && about?.value.replace?.entities?.includes(name) === true;
    const source =
      below === undefined || replaces ? wholeEntity(yaml, file, report) : changedEntity(yaml, below, file, report);
    if (source !== null) entities.set(source.name, source);
    else broken.add(name ?? file.file.replace(/\.ya?ml$/i, ''));
  }
}

const entityName = (value: unknown): string | null =>
  typeof value === 'object' && value !== null && 'entity' in value && typeof value.entity === 'string'
    ? value.entity
    : null;

function wholeEntity(yaml: YamlFile, file: BundleFile, report: Report): EntitySource | null {
  const document = check<EntitySpec>(yaml, entitySpec, report);
  if (document === null) return null;
  for (const [column, field] of Object.entries(document.value.fields)) {
    if (field === null) report.error('fieldNull', { column }, document.at(['fields', column], 'key'));
  }
  for (const [index, rule] of (document.value.rules ?? []).entries()) {
    if (typeof rule !== 'object' || 'expr' in rule) continue;
    for (const [name, use] of Object.entries(rule))
      if (use === false) report.error('ruleFalse', { name }, document.at(['rules', index]));
  }
  return { name: document.value.entity, file: file.file, document };
}

function changedEntity(yaml: YamlFile, below: EntitySource, file: BundleFile, report: Report): EntitySource | null {
  const patch = check<EntityPatch>(yaml, entityPatch, report);
  if (patch === null) return below;
  return { name: below.name, file: file.file, document: mergeEntity(below.document, patch, report) };
}

function addLookups(
  layer: Layer,
  about: Document<BundleSpec> | null,
  { lookups, broken }: { readonly lookups: Map<string, LookupSource>; readonly broken: Set<string> },
  report: Report,
): void {
  for (const file of layer.lookups) {
    const name = lookupName(file.file);
    const plan = readLookup(file, name, report);
    if (plan === null) broken.add(name);
    if (plan === null) continue;
    const below = lookups.get(name);
    const replaces = about?.value.replace?.lookups?.includes(name) === true;
    lookups.set(name, {
      plan: below === undefined || replaces ? plan : mergeLookup(below.plan, plan),
      shown: file.name,
    });
  }
}

const lookupName = (file: string): string => file.replace(/^lookups\//, '').replace(/\.csv$/i, '');

function addNotMapped(layer: Layer, notMapped: Map<string, ListedSource>, report: Report): void {
  if (layer.notMapped === null) return;
  const document = readDocument(layer.notMapped, notMappedSpec, report);
  if (document === null) return;
  for (const [table, entry] of Object.entries(document.value)) {
    if (entry === null) for (const key of [...notMapped.keys()]) if (belongs(key, table)) notMapped.delete(key);
    if (typeof entry === 'string')
      notMapped.set(table.toLowerCase(), { entry: { table, reason: entry }, at: document.at([table], 'key') });
    if (typeof entry !== 'object' || entry === null) continue;
    for (const [column, reason] of Object.entries(entry)) {
      const key = `${table}\n${column}`.toLowerCase();
      if (reason === null) notMapped.delete(key);
      else {
        const why = typeof reason === 'string' ? { reason } : reason;
        notMapped.set(key, { entry: { table, column, ...why }, at: document.at([table, column], 'key') });
      }
    }
  }
}

const belongs = (key: string, table: string): boolean => key.split('\n')[0] === table.toLowerCase();

function checkReplace(
  about: Document<BundleSpec> | null,
  entities: ReadonlyMap<string, unknown>,
  lookups: ReadonlyMap<string, unknown>,
  report: Report,
): void {
  const replace = about?.value.replace;
  for (const [kind, names, known] of [
    ['entities', replace?.entities ?? [], entities],
    ['lookups', replace?.lookups ?? [], lookups],
  ] as const) {
    for (const [index, name] of names.entries()) {
      if (known.has(name)) continue;
      report.error(
        'replaceUnknown',
        { name },
        about?.at(['replace', kind, index]),
        report.near(name, [...known.keys()]),
      );
    }
  }
}

function readDocument<T>(file: BundleFile, schema: z.ZodType<T>, report: Report): Document<T> | null {
  return check(parse(file, report), schema, report);
}

function parse(file: BundleFile, report: Report): YamlFile {
  const yaml = parseYaml(file.name, file.text, report.language);
  report.add(...yaml.problems);
  return yaml;
}

/** The file as a typed document; null, with its problems reported, when it has not the right shape. */
function check<T>(yaml: YamlFile, schema: z.ZodType<T>, report: Report): Document<T> | null {
  if (yaml.problems.length > 0) return null;
  const result = schema.safeParse(yaml.value);
  if (!result.success) {
    report.add(...explainIssues(schema, result.error.issues, yaml, report.language));
    return null;
  }
  return { name: yaml.name, value: result.data, at: yaml.at, inside: yaml.inside };
}
