import { openSync } from 'node:fs';
import { EzdError } from '../core/errors.ts';
import type { Translator } from '../i18n/translator.ts';

/** Makes a file for an export; with personal data only its owner may read it. Throws EzdError USAGE when it is there already or cannot be made. */
export function createExportFile(file: string, force: boolean, personal: boolean, texts: Translator): number {
  try {
    return openSync(file, force ? 'w' : 'wx', personal ? 0o600 : 0o644);
  } catch (cause) {
    const exists = cause instanceof Error && 'code' in cause && cause.code === 'EEXIST';
    const message = exists
      ? texts.text('init.exists', { file })
      : cause instanceof Error
        ? cause.message
        : String(cause);
    throw new EzdError('USAGE', message, {
      subject: file,
      cause,
      ...(exists ? { hint: texts.text('init.existsHint') } : {}),
    });
  }
}
