import type { DescribedTable } from './describe-schema.ts';

const HEAD = `# The store's schema

<!-- Generated from the comments in the database by \`npm run docs:schema\`. Do not edit: change the migrations in src/write/postgres/schema/. -->

The new system's store (schema \`ezd\`), as PostgreSQL sees it. Descriptions are Polish because they are the words of the field; after \`PUW:\` stands the
table and column of the legacy EZD PUW, after \`RP:\` the name of the same notion in the API of EZD RP.

- Every table has \`id\` (computed from office, entity and legacy key, so it is the same in every run) and \`id_zrodla\` (the legacy key as text, for people).
- Text has no length limit, and nothing but \`id\` is unique: dirty legacy data is loaded and reported, not refused. NOT NULL stands only where a record cannot exist without it.
- Row versions: \`jednostka\`, \`stanowisko\`, \`pracownik\` and \`adresat\` hold one record a lineage (the live row); \`…_wersja\` hold every row as it was. Where a document names
  the version that was valid at its time, it has a column for each.
- A date that may name only a year or a month has three columns: first day of the period, \`…_dokladnosc\`, and \`…_tekst\` exactly as written.
- The versions of one document: \`dokument.id_wersja_aktualna\`, and all rows of \`dokument_wersja\` with the same \`coalesce(id_wersja_pierwotna, id)\`.
`;

/** The reference page of the schema, in Markdown. */
export function schemaDocs(tables: readonly DescribedTable[]): string {
  const list = tables.map(({ name, comment }) => `| [${name}](#${name}) | ${cell(comment)} |`);
  const contents = ['| table | holds |', '| --- | --- |', ...list].join('\n');
  return `${[HEAD, contents, ...tables.map(tableDocs)].join('\n\n')}\n`;
}

function tableDocs(table: DescribedTable): string {
  const references = referencesOf(table);
  const lines = table.columns.map(({ name, type, required, comment }) => {
    const target = references.get(name);
    const meaning = target === undefined ? cell(comment) : `${cell(comment)} → [${target}](#${target})`;
    return `| ${name} | ${shortType(type)}${required ? ', required' : ''} | ${meaning} |`;
  });
  const columns = ['| column | type | meaning |', '| --- | --- | --- |', ...lines].join('\n');
  return `## ${table.name}\n\n${table.comment ?? ''}\n\n${columns}`;
}

function referencesOf({ constraints }: DescribedTable): Map<string, string> {
  const found = new Map<string, string>();
  for (const text of Object.values(constraints)) {
    const [, column, target] = /^FOREIGN KEY \((\w+)\) REFERENCES \w+\.(\w+)\(id\)/.exec(text) ?? [];
    if (column !== undefined && target !== undefined) found.set(column, target);
  }
  return found;
}

const cell = (text: string | null): string => (text ?? '').replaceAll('|', '\\|');
const shortType = (type: string): string => (type === 'timestamp with time zone' ? 'timestamptz' : type);
