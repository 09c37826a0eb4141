import type { MappingText } from '../mapping-texts.ts';

/** `offset` counts characters of the template to the column's name. */
export type TemplatePart = string | { readonly column: string; readonly offset: number };

/** Splits `'{A}/{B}'` into texts and column names; `{{` and `}}` are braces. */
export function parseTemplate(
  text: string,
): { readonly parts: readonly TemplatePart[] } | { readonly problem: MappingText; readonly offset: number } {
  const parts: TemplatePart[] = [];
  let literal = '';
  let at = 0;
  while (at < text.length) {
    const two = text.slice(at, at + 2);
    if (two === '{{' || two === '}}') {
      literal += two[0];
      at += 2;
    } else if (text[at] === '}') {
      return { problem: 'templateStray', offset: at };
    } else if (text[at] === '{') {
      const end = text.indexOf('}', at);
      if (end === -1) return { problem: 'templateUnclosed', offset: at };
      const column = text.slice(at + 1, end).trim();
      if (column === '') return { problem: 'templateEmpty', offset: at };
      if (literal !== '') parts.push(literal);
      literal = '';
      parts.push({ column, offset: text.indexOf(column, at + 1) });
      at = end + 1;
    } else {
      literal += text[at];
      at += 1;
    }
  }
  if (literal !== '') parts.push(literal);
  return { parts };
}
