import { notUnderstood } from './sql-error.ts';
import { type Token, tokenize } from './tokenize.ts';

/** Walks over tokens: the few questions that a hand-written parser asks. */
export interface TokenCursor {
  peek: (ahead?: number) => Token;
  next: () => Token;
  /** Takes the word or symbol if it is the next one. */
  accept: (text: string) => boolean;
  /** Takes the words if they come next, all or none. */
  acceptWords: (...words: string[]) => boolean;
  expect: (text: string) => void;
  /** A name: bracketed, quoted or plain. */
  name: () => string;
  /** A dotted name: `dbo.[Order]`. */
  dottedName: () => string[];
}

export function tokenCursor(sql: string): TokenCursor {
  const tokens = tokenize(sql);
  let at = 0;
  const peek = (ahead = 0): Token => tokens[Math.min(at + ahead, tokens.length - 1)]!;
  const is = (token: Token, text: string): boolean =>
    (token.kind === 'word' || token.kind === 'symbol') && token.text === text;
  const accept = (text: string): boolean => {
    if (!is(peek(), text)) return false;
    at++;
    return true;
  };
  const next = (): Token => {
    const token = peek();
    at++;
    return token;
  };
  const name = (): string => {
    const token = next();
    if (token.kind !== 'name' && token.kind !== 'word') throw notUnderstood(`'${token.raw}' where a name should stand`);
    return token.kind === 'name' ? token.text : token.raw;
  };
  return {
    peek,
    next,
    accept,
    acceptWords: (...words) => {
      if (!words.every((word, i) => is(peek(i), word))) return false;
      at += words.length;
      return true;
    },
    expect: (text) => {
      if (!accept(text)) throw notUnderstood(`'${peek().raw || 'the end'}' where '${text}' should stand`);
    },
    name,
    dottedName: () => {
      const parts = [name()];
      while (accept('.')) parts.push(name());
      return parts;
    },
  };
}
