/** V8 keeps parts of a text as views of the whole from this length on. */
const VIEW_LENGTH = 13;

/** A copy of its own: a text that is kept would otherwise keep the file or slice it was cut from in memory too. */
export const ownText = (text: string): string =>
  text.length < VIEW_LENGTH ? text : Buffer.from(text, 'utf16le').toString('utf16le');
