/** A name in brackets, so that reserved words, spaces, dots and brackets in it do no harm: `[Order]`. */
export function quoteName(name: string): string {
  return `[${name.replaceAll(']', ']]')}]`;
}
