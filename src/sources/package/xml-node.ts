import { ownText } from '../../core/own-text.ts';
/** One node as fast-xml-parser gives it with `preserveOrder`: `{ name: children, ':@': attributes }` or `{ '#text': text }`. */
export type XmlNode = Readonly<Record<string, unknown>>;

/** Children of every element of this name. */
export const childrenOf = (nodes: readonly XmlNode[], name: string): XmlNode[][] =>
  nodes.flatMap((node) => (name in node ? [node[name] as XmlNode[]] : []));

/** Text of an element: all its text nodes, trimmed; null when there is none. */
function textOf(nodes: readonly XmlNode[]): string | null {
  const text = nodes
    .map((node) => ('#text' in node ? String(node['#text']) : ''))
    .join('')
    .trim();
  return text === '' ? null : ownText(text);
}

/** Non-empty texts of the elements of this name. */
export const childTexts = (nodes: readonly XmlNode[], name: string): string[] =>
  childrenOf(nodes, name).flatMap((children) => textOf(children) ?? []);

/** First non-empty text of an element of one of these names. */
export function firstText(nodes: readonly XmlNode[], ...names: readonly string[]): string | null {
  for (const name of names) {
    const [text] = childTexts(nodes, name);
    if (text !== undefined) return text;
  }
  return null;
}

export function attribute(node: XmlNode, ...names: readonly string[]): string | null {
  const attributes = (node[':@'] ?? {}) as Readonly<Record<string, unknown>>;
  for (const name of names) if (name in attributes) return String(attributes[name]);
  return null;
}
