import { notUnderstood } from './sql-error.ts';

export interface Token {
  readonly kind: 'word' | 'name' | 'string' | 'number' | 'binary' | 'variable' | 'symbol' | 'end';
  /** Words in lower case, names without brackets, strings without quotes, symbols as they are. */
  readonly text: string;
  readonly unicode?: boolean;
  /** The word as it was written. */
  readonly raw: string;
}

const PATTERN =
  /\s+|--[^\n]*|\/\*[\s\S]*?\*\/|(?<name>\[(?:[^\]]|\]\])*\]|"(?:[^"]|"")*")|(?<string>N?'(?:[^']|'')*')|(?<binary>0x[0-9a-f]*)|(?<number>\d+(?:\.\d+)?(?:e[+-]?\d+)?)|(?<variable>@{1,2}[\w$#]+)|(?<word>[\p{L}_#][\p{L}\p{N}_$#@]*)|(?<symbol><>|<=|>=|!=|[-+*/%(),.;=<>&|])/giuy;

/** Splits T-SQL into tokens; a sign that is none of them is error 102. */
export function tokenize(sql: string): Token[] {
  const tokens: Token[] = [];
  const pattern = new RegExp(PATTERN);
  while (pattern.lastIndex < sql.length) {
    const at = pattern.lastIndex;
    const match = pattern.exec(sql);
    if (match === null) throw notUnderstood(`the text near '${sql.slice(at, at + 20)}'`);
    const token = toToken(match.groups ?? {});
    if (token !== undefined) tokens.push(token);
  }
  tokens.push({ kind: 'end', text: '', raw: '' });
  return tokens;
}

function toToken(groups: Record<string, string | undefined>): Token | undefined {
  const { name, string, binary, number, variable, word, symbol } = groups;
  if (name !== undefined) {
    const close = name.slice(-1);
    return { kind: 'name', text: name.slice(1, -1).replaceAll(close + close, close), raw: name };
  }
  if (string !== undefined) {
    const unicode = string.startsWith('N') || string.startsWith('n');
    return { kind: 'string', text: string.slice(unicode ? 2 : 1, -1).replaceAll("''", "'"), unicode, raw: string };
  }
  if (binary !== undefined) return { kind: 'binary', text: binary.slice(2), raw: binary };
  if (number !== undefined) return { kind: 'number', text: number, raw: number };
  if (variable !== undefined) return { kind: 'variable', text: variable.toLowerCase(), raw: variable };
  if (word !== undefined) return { kind: 'word', text: word.toLowerCase(), raw: word };
  if (symbol !== undefined) return { kind: 'symbol', text: symbol, raw: symbol };
  return undefined;
}
