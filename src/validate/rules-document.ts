import { AREAS, type Area, type CodeEntry } from '../core/code-entry.ts';
import { CODES } from './catalogue.ts';
import type { Rule, RuleExample } from './rule.ts';
import { RULES } from './rule-book.ts';

const TITLES: Readonly<Record<Area, string>> = {
  'case-sign': 'Case sign (znak sprawy) and case list',
  jrwa: 'Classification plan (JRWA)',
  category: 'Archival category',
  identifiers: 'Identifiers and addresses',
  dates: 'Dates and times',
  metadata: 'Required metadata',
  registers: 'Registers and the chronological store',
  'records-without-case': 'Records that make no case',
  metryka: 'Metryka of a case',
  flow: 'People, flow and states',
  files: 'Files, contents and signatures',
  limits: 'Limits of EZD RP',
  'keys-and-references': 'Keys, references and lineages',
  values: 'Values',
  source: 'Source',
  target: 'Target',
};

const ORIGINS: Readonly<Record<CodeEntry['origin'], string>> = {
  record: 'rule on a record',
  set: 'rule across records',
  transform: 'transform',
  write: 'loading',
  contents: 'contents',
  source: 'source',
  correction: 'corrections',
};

const INTRODUCTION = `# Rules

Generated from the rule book (\`npm run docs:rules\`); a test keeps it current.

Severity and effect are separate. **Severity**: \`error\` cannot be right, \`warning\` is legal but unusual, \`info\` was put right. **Effect**: \`load\` the record is loaded as it is,
\`change\` with a repaired or cleared value (the raw one stays in the finding), \`reject\` it is kept out. Only what the new system cannot hold is rejected; \`--strict\` rejects
every error that is found before loading. An office decides otherwise in its project file:

    rules:
      PESEL_CHECKSUM: { severity: warning, reason: 'numery sprzed 2000 r. przyjęto bez poprawek' }
      CASE_OVERDUE: { threshold: 30 }
      SIGN_UNIT_DOT: { off: 'symbole z kropką są u nas zgodne z regulaminem' }

A code is switched off only with a reason, which every report shows. The \`reason\` of another decision, or of accepting findings as they are, is shown in reports and in the protocol. Effects marked *fixed* follow from what the target can hold or from the mapping. A rule on a record is named in a
mapping file (\`rules: [znakSprawy]\`); rules across records run on their own after loading. Legal sources marked (?) were named without their text at hand: check before quoting them.
`;

/** docs/rules.md: every code by chapter, and the rules of mapping files with their columns, options and examples. */
export function rulesDocument(): string {
  const chapters = AREAS.map((area) =>
    chapter(
      area,
      [...CODES.values()].filter((entry) => entry.area === area),
    ),
  );
  return [INTRODUCTION, ...chapters, '## Rules of mapping files\n', ...RULES.map(ruleText)].join('\n');
}

function chapter(area: Area, entries: readonly CodeEntry[]): string {
  const sources = [...new Set(entries.flatMap(({ source }) => (source === undefined ? [] : [sourceText(source)])))];
  return [
    `## ${TITLES[area]}\n`,
    '| code | severity | effect | said by | meaning | cure |',
    '| --- | --- | --- | --- | --- | --- |',
    ...entries.map(row),
    '',
    ...(sources.length === 0 ? [] : [`Sources: ${sources.join(' · ')}\n`]),
  ].join('\n');
}

const row = (entry: CodeEntry): string => {
  const effect = entry.fixed === true ? `${entry.effect} (fixed)` : entry.effect;
  const limit =
    entry.threshold === undefined ? '' : ` Threshold: ${entry.threshold.default} ${entry.threshold.unit.en}.`;
  const meaning = `${entry.message.pl}<br>${entry.message.en}${limit}`;
  const cells = [
    `\`${entry.code}\``,
    entry.severity,
    effect,
    ORIGINS[entry.origin],
    meaning,
    `${entry.hint.pl}<br>${entry.hint.en}`,
  ];
  return `| ${cells.map(cell).join(' | ')} |`;
};

const sourceText = ({ text, read }: { text: string; read: boolean }): string => (read ? text : `${text} (?)`);
const cell = (text: string): string => text.replaceAll('|', '\\|').replaceAll('\n', ' ');

function ruleText(rule: Rule): string {
  const columns = Object.entries(rule.columns).map(
    ([name, spec]) =>
      `\`${name}\`${spec.default === undefined ? '' : ` = \`${spec.default}\``}${spec.optional === true ? ' (optional)' : ''}`,
  );
  const options = Object.entries(rule.options ?? {}).map(
    ([name, spec]) => `\`${name}\` = \`${spec.default ?? ''}\`${spec.doc === undefined ? '' : `: ${spec.doc.en}`}`,
  );
  return [
    `### ${rule.name}\n`,
    `${rule.doc.pl}<br>${rule.doc.en}\n`,
    `Columns: ${columns.join(', ')}${options.length === 0 ? '' : `. Options: ${options.join('; ')}`}\n`,
    '| record | says |',
    '| --- | --- |',
    ...rule.examples.map(exampleRow),
    '',
  ].join('\n');
}

const exampleRow = ({ record, options, now, says, becomes }: RuleExample): string => {
  const fields = Object.entries(record).map(([name, value]) => `${name}: ${valueText(value)}`);
  const around = [
    ...Object.entries(options ?? {}).map(([name, value]) => `${name} = ${value}`),
    ...(now === undefined ? [] : [`on ${now}`]),
  ];
  const changes = Object.entries(becomes ?? {}).map(([name, value]) => `${name} becomes ${valueText(value)}`);
  const said = says.length === 0 ? 'fine' : says.join(', ');
  const left = `${fields.join(', ')}${around.length === 0 ? '' : ` (${around.join(', ')})`}`;
  return `| ${cell(left)} | ${cell([said, ...changes].join('; '))} |`;
};

const valueText = (value: string | number | boolean | null): string => {
  const text = String(value);
  return value === null ? 'NULL' : `\`${text.length > 60 ? `${text.slice(0, 40)}… (${text.length})` : text}\``;
};
