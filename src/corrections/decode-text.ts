/** A file's text and the encoding it was found to have. */
export interface DecodedText {
  readonly text: string;
  readonly encoding: 'utf-8' | 'windows-1250' | 'utf-16le';
}

/**
 * Text of a sheet as a Polish office saves it: UTF-8 with or without a byte order mark ("CSV UTF-8"), windows-1250 ("CSV (rozdzielany przecinkami)"), UTF-16 ("Tekst
 * Unicode"). What is no valid UTF-8 is windows-1250, where every byte means something.
 */
export function decodeText(bytes: Uint8Array): DecodedText {
  if (bytes[0] === 0xff && bytes[1] === 0xfe)
    return { text: new TextDecoder('utf-16le').decode(bytes), encoding: 'utf-16le' };
  try {
    return { text: new TextDecoder('utf-8', { fatal: true }).decode(bytes), encoding: 'utf-8' };
  } catch {
    return { text: new TextDecoder('windows-1250').decode(bytes), encoding: 'windows-1250' };
  }
}
