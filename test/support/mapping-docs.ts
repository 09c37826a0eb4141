import type {
  ArgumentSignature,
  RuleSignatures,
  ScalarSignature,
  TransformSignatures,
} from '../../src/core/signatures.ts';
import { type JsonSchema, mappingSchemas } from '../../src/mapping/document/json-schema.ts';

/** Every generated file of the mapping language: the JSON Schemas, and the reference with its generated tables put in. By path in the project. */
export function mappingDocs(
  transforms: TransformSignatures,
  rules: RuleSignatures,
  reference: string,
): Readonly<Record<string, string>> {
  const schemas = mappingSchemas(transforms, rules);
  const files = Object.entries(schemas).map(([name, schema]) => [
    `mappings/${name}`,
    `${JSON.stringify(schema, null, 2)}\n`,
  ]);
  const tables = {
    keys: keysTable(schemas['mapping.schema.json']!),
    transforms: transformsTable(transforms),
    rules: rulesTable(rules),
  };
  return { ...Object.fromEntries(files), 'docs/mapping-reference.md': withTables(reference, tables) };
}

/** Puts each table between its marks `<!-- generated: name -->` and `<!-- end: name -->`. */
function withTables(text: string, tables: Readonly<Record<string, string>>): string {
  return Object.entries(tables).reduce((page, [name, table]) => {
    const [start, end] = [`<!-- generated: ${name} -->`, `<!-- end: ${name} -->`];
    const [from, to] = [page.indexOf(start), page.indexOf(end)];
    if (from === -1 || to === -1) throw new Error(`docs/mapping-reference.md lacks the marks of "${name}"`);
    return `${page.slice(0, from + start.length)}\n\n${table}\n\n${page.slice(to)}`;
  }, text);
}

const cell = (text: string): string => text.replaceAll('|', '\\|');
const table = (head: readonly string[], rows: readonly (readonly string[])[]): string =>
  [head, head.map(() => '---'), ...rows].map((row) => `| ${row.map(cell).join(' | ')} |`).join('\n');

function keysTable(schema: JsonSchema): string {
  return table(['key', 'needed', 'holds', 'meaning'], keyRows(schema, schema, ''));
}

/** One row a key, depth first; keys of a record of any name stand under `<name>`. */
function keyRows(root: JsonSchema, schema: JsonSchema, prefix: string): readonly (readonly string[])[] {
  const rows: (readonly string[])[] = [];
  const seen = new Set<string>();
  for (const part of branches(root, schema)) {
    const needed = (part['required'] ?? []) as readonly string[];
    for (const [key, member] of Object.entries((part['properties'] ?? {}) as Readonly<Record<string, JsonSchema>>)) {
      if (seen.has(key)) continue;
      seen.add(key);
      const path = prefix === '' ? key : `${prefix}.${key}`;
      const always = branches(root, schema).length === 1 && needed.includes(key);
      rows.push([`\`${path}\``, always ? 'yes' : '', holds(root, member), String(member['description'] ?? '')]);
      if (!isValue(member)) rows.push(...keyRows(root, member, path));
    }
    const any = part['additionalProperties'];
    if (typeof any === 'object' && any !== null && !isScalar(root, any as JsonSchema))
      rows.push(...keyRows(root, any as JsonSchema, `${prefix}.<name>`));
  }
  return rows;
}

/** A nested value has the same keys again; they are not repeated. */
const isValue = (schema: JsonSchema): boolean =>
  JSON.stringify(schema).includes('"$ref":"#/$defs/__schema') || refOf(schema) === 'value';
const refOf = (schema: JsonSchema): string => String(schema['$ref'] ?? '').replace('#/$defs/', '');

/** The schema behind one reference; the same schema when it is none. */
function follow(root: JsonSchema, schema: JsonSchema): JsonSchema {
  const name = refOf(schema);
  return name === '' ? schema : (root['$defs'] as Readonly<Record<string, JsonSchema>>)[name]!;
}

function resolve(root: JsonSchema, schema: JsonSchema): JsonSchema {
  return refOf(schema) === '' ? schema : resolve(root, follow(root, schema));
}

function branches(root: JsonSchema, schema: JsonSchema): readonly JsonSchema[] {
  const whole = resolve(root, schema);
  if (refOf(schema) === 'transform' || refOf(schema) === 'value') return [];
  const options = refOf(schema) === 'rule' ? [(whole['anyOf'] as readonly JsonSchema[]).at(-1)!] : whole['anyOf'];
  if (whole['type'] === 'array') return branches(root, whole['items'] as JsonSchema);
  return options === undefined ? [whole] : (options as readonly JsonSchema[]).flatMap((part) => branches(root, part));
}

const isScalar = (root: JsonSchema, schema: JsonSchema): boolean =>
  branches(root, schema).every((part) => part['properties'] === undefined);

/** What a key holds, in a word or two. */
function holds(root: JsonSchema, schema: JsonSchema): string {
  const names: Readonly<Record<string, string>> = {
    value: 'value',
    field: 'field',
    rule: 'rule',
    transform: 'transform',
  };
  const name = names[refOf(schema)];
  if (name !== undefined) return name;
  const whole = follow(root, schema);
  if (whole !== schema) return holds(root, whole);
  const options = whole['anyOf'] as readonly JsonSchema[] | undefined;
  if (options !== undefined) return [...new Set(options.map((option) => holds(root, option)))].join(' or ');
  if (whole['enum'] !== undefined)
    return (whole['enum'] as readonly unknown[]).map((word) => `\`${String(word)}\``).join(', ');
  if (Array.isArray(whole['type'])) return 'constant';
  if (whole['type'] === 'array') return `list of ${holds(root, whole['items'] as JsonSchema)}`;
  if (whole['type'] === 'object') return 'keys';
  return whole['type'] === 'boolean' ? 'true, false' : whole['type'] === 'string' ? 'text' : String(whole['type']);
}

function transformsTable(transforms: TransformSignatures): string {
  const rows = Object.entries(transforms).map(([name, { argument, doc, examples = [] }]) => [
    `\`${name}\``,
    argumentText(argument),
    doc.en,
    examples
      .map(([arg, input, output]) => `${arg === '' ? '' : `\`${arg}\`: `}\`${shown(input)}\` → \`${shown(output)}\``)
      .join('<br>'),
  ]);
  return table(['transform', 'argument', 'what it does', 'examples'], rows);
}

/** Characters that cannot be seen, as escapes. */
const shown = (text: string): string =>
  JSON.stringify(text).slice(1, -1).replaceAll('\u00a0', '\\u00a0').replaceAll('\\"', '"');

function argumentText(argument: ArgumentSignature): string {
  if (argument.kind === 'none') return '—';
  const optional = argument.optional ? ', may be left out' : '';
  if (argument.kind === 'list') return `list of ${scalarText(argument.of)}${optional}`;
  if (argument.kind !== 'options') return `${scalarText(argument)}${optional}`;
  const options = Object.entries(argument.options).map(([name, option]) => `\`${name}\`: ${scalarText(option)}`);
  return `${options.join('; ')}${optional}`;
}

function scalarText(scalar: ScalarSignature): string {
  const base =
    scalar.kind === 'string' && scalar.allowed !== undefined
      ? scalar.allowed.map((word) => `\`${word}\``).join(', ')
      : scalar.kind === 'string' && scalar.pattern
        ? 'regular expression'
        : scalar.kind === 'string'
          ? 'text'
          : scalar.kind;
  return scalar.default === undefined ? base : `${base} (default \`${String(scalar.default)}\`)`;
}

function rulesTable(rules: RuleSignatures): string {
  const rows = Object.entries(rules).map(([name, { columns, options = {}, codes, doc }]) => [
    `\`${name}\``,
    Object.entries(columns)
      .map(([column, { default: usual, optional }]) => {
        const names = usual === undefined || usual === column ? `\`${column}\`` : `\`${column}\` = \`${usual}\``;
        return optional ? `[${names}]` : names;
      })
      .join(', '),
    Object.entries(options)
      .map(([option, scalar]) => `\`${option}\`: ${scalarText(scalar)}`)
      .join('; '),
    doc.en,
    Object.keys(codes)
      .map((code) => `\`${code}\``)
      .join(' '),
  ]);
  return table(['rule', 'columns', 'options', 'what it checks', 'findings'], rows);
}
