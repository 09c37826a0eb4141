import {
  isAlias,
  isMap,
  isPair,
  isScalar,
  isSeq,
  LineCounter,
  type Node,
  type Pair,
  parseDocument,
  Scalar,
  type YAMLError,
} from 'yaml';
import type { FilePosition, Problem } from '../core/errors.ts';
import { fill, type Language } from '../core/text.ts';
import { YAML_TEXTS } from './yaml-texts.ts';

/** Keys and list positions from the top of a file to a value. */
export type YamlPath = readonly (string | number)[];

/** A value read from YAML that knows where each part of it stands. */
export interface YamlFile {
  /** As shown in messages. */
  readonly name: string;
  /** Plain data; undefined for a file that is no YAML. */
  readonly value: unknown;
  /** What is wrong with the YAML itself. */
  readonly problems: readonly Problem[];
  /** Where a value (or its key) stands; for a path that is not there, the nearest thing above it that is. */
  at(path: YamlPath, on?: 'key' | 'value'): FilePosition;
  /** Where the character `offset` of a text value stands, for messages about expressions. */
  inside(path: YamlPath, offset: number, length?: number): FilePosition;
}

/** Reads YAML 1.2 text. Never throws for bad YAML: see `problems`. Keys must be unique; anchors are resolved. */
export function parseYaml(name: string, text: string, language: Language = 'en'): YamlFile {
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines, prettyErrors: false, uniqueKeys: true });
  const position = (offset: number, length = 1): FilePosition => locate(name, text, lines, offset, length);
  const problems = worthTelling([...document.errors, ...document.warnings]).map(({ code, message, pos }): Problem => {
    if (code !== 'DUPLICATE_KEY')
      return {
        code: 'yamlSyntax',
        message: fill(YAML_TEXTS.yamlSyntax[language], { reason: message }),
        at: position(pos[0], Math.max(1, pos[1] - pos[0])),
      };
    const key = wordAt(text, pos[0]);
    return {
      code: 'duplicateKey',
      message: fill(YAML_TEXTS.duplicateKey[language], { key }),
      at: position(pos[0], key.length),
    };
  });
  const data = problems.length === 0 ? toData(document) : { value: undefined };
  if ('fault' in data)
    problems.push({
      code: 'yamlSyntax',
      message: fill(YAML_TEXTS.yamlSyntax[language], { reason: data.fault }),
      at: position(0),
    });
  const find = (path: YamlPath): Found => walk(document.contents as Node | null, document, path);
  return {
    name,
    value: 'value' in data ? data.value : undefined,
    problems,
    at(path, on = 'value') {
      const found = find(path);
      const node = on === 'key' || found.node === null ? (found.key ?? found.node) : found.node;
      const range = node?.range;
      if (range === undefined || range === null) return position(0);
      return position(range[0], firstLineLength(text, range[0], range[1]));
    },
    inside(path, offset, length = 1) {
      const { node } = find(path);
      if (!isScalar(node) || !node.range) return this.at(path);
      return position(sourceOffset(text, node, offset), length);
    },
  };
}

/** Keys that stand twice, and of faults in the syntax the first: the others mostly follow from it. */
function worthTelling(errors: readonly YAMLError[]): readonly YAMLError[] {
  const twice = errors.filter(({ code }) => code === 'DUPLICATE_KEY');
  const others = errors.filter(({ code }) => code !== 'DUPLICATE_KEY');
  return [...twice, ...others.slice(0, 1)];
}

/** Plain data; a fault for an alias without its anchor, or for aliases that multiply without end. */
function toData(document: ReturnType<typeof parseDocument>): { readonly value: unknown } | { readonly fault: string } {
  try {
    return { value: document.toJS({ maxAliasCount: 1000 }) };
  } catch (error) {
    if (!(error instanceof ReferenceError)) throw error;
    return { fault: error.message };
  }
}

interface Found {
  readonly key: Node | null;
  readonly node: Node | null;
}

function walk(start: Node | null, document: ReturnType<typeof parseDocument>, path: YamlPath): Found {
  let found: Found = { key: null, node: start };
  for (const step of path) {
    const node = isAlias(found.node) ? (found.node.resolve(document) ?? null) : found.node;
    const next = isMap(node) ? pairOf(node.items, step) : isSeq(node) ? itemOf(node.items, step) : null;
    if (next === null) return found;
    found = next;
  }
  return found;
}

function pairOf(items: readonly Pair[], step: string | number): Found | null {
  const pair = items.find((item) => isPair(item) && isScalar(item.key) && String(item.key.value) === String(step));
  return pair === undefined ? null : { key: pair.key as Node, node: (pair.value ?? pair.key) as Node };
}

function itemOf(items: readonly unknown[], step: string | number): Found | null {
  const item = items[Number(step)];
  return item === undefined ? null : { key: null, node: item as Node };
}

function locate(file: string, text: string, lines: LineCounter, offset: number, length: number): FilePosition {
  const at = lines.linePos(Math.min(offset, text.length));
  const line = Math.max(1, at.line);
  const start = lines.lineStarts[line - 1] ?? 0;
  const end = text.indexOf('\n', start);
  const shown = text.slice(start, end === -1 ? text.length : end).replace(/\r$/, '');
  return { file, line, column: Math.max(1, at.col), text: shown, length };
}

const wordAt = (text: string, offset: number): string =>
  /^["']?([^"':\n]*)/.exec(text.slice(offset))?.[1]?.trim() ?? '';

function firstLineLength(text: string, start: number, end: number): number {
  const line = text.slice(start, end).split('\n')[0]!.trimEnd();
  return Math.max(1, line.length);
}

/** Offset in the file of character `offset` of a scalar's value; the scalar's start where folding makes that unknowable. */
function sourceOffset(text: string, node: Scalar, offset: number): number {
  const [start, end] = node.range!;
  if (node.type === Scalar.BLOCK_LITERAL || node.type === Scalar.BLOCK_FOLDED)
    return blockOffset(text, start, end, offset);
  if (text.slice(start, end).includes('\n')) return start;
  if (node.type === Scalar.QUOTE_SINGLE) return quotedOffset(text, start + 1, offset, /^''/);
  if (node.type === Scalar.QUOTE_DOUBLE) return quotedOffset(text, start + 1, offset, /^\\(x..|u....|.)/);
  return Math.min(start + offset, end);
}

function quotedOffset(text: string, start: number, offset: number, escaped: RegExp): number {
  let at = start;
  for (let seen = 0; seen < offset; seen++) at += escaped.exec(text.slice(at, at + 6))?.[0].length ?? 1;
  return at;
}

function blockOffset(text: string, start: number, end: number, offset: number): number {
  const first = text.indexOf('\n', start) + 1;
  const indent = /^ */.exec(text.slice(first))![0].length;
  let at = first;
  let left = offset;
  while (at < end) {
    const stop = text.indexOf('\n', at) === -1 ? end : text.indexOf('\n', at);
    const length = Math.max(0, stop - at - indent);
    if (left <= length) return at + indent + left;
    left -= length + 1;
    at = stop + 1;
  }
  return start;
}
