import { COLUMN_TYPE_RULES, type ColumnTypeRule } from './column-types.ts';

/** The table of types as it stands in docs/sources/mssql.md: one Markdown row a rule. */
export function columnTypesTable(): string[] {
  return COLUMN_TYPE_RULES.map((rule) => {
    const asked = rule.select === null ? 'as it is' : `\`${rule.select('c')}\``;
    return `| ${rule.types.join(', ')} | ${asked} | ${rule.value} | ${rule.postgres} | ${noteOf(rule)} |`;
  });
}

function noteOf(rule: ColumnTypeRule): string {
  return rule.note === '' ? '–' : rule.note;
}
