import type { Finding } from '../core/finding.ts';
import { findingKindText } from '../i18n/finding-text.ts';
import type { Translator } from '../i18n/translator.ts';
import { CODES } from '../validate/catalogue.ts';

/** What findings of a kind say, with what became of their records; a remark on a file of the source is about no record. */
export function findingKindLine({ code, effect }: Pick<Finding, 'code' | 'effect'>, texts: Translator): string {
  const said = findingKindText(code, CODES, texts.language);
  const aboutFile = effect === 'load' && CODES.get(code)?.origin === 'source';
  return aboutFile ? said : `${said} (${texts.text(`effect.${effect}`)})`;
}
