/** What one metadata file says, in one shape for 1.6, 1.7 and 2.0. Texts are trimmed; what is empty is absent. Dates stay text as they are. */
export interface PackageObject {
  readonly identifiers: readonly Identifier[];
  readonly titles: readonly string[];
  readonly otherTitles: readonly string[];
  readonly dates: readonly ObjectDate[];
  readonly access: string | null;
  readonly format: {
    readonly type: string | null;
    readonly specification: string | null;
    readonly bytes: number | null;
  };
  readonly groups: readonly { readonly type: string; readonly code: string; readonly text: string | null }[];
  readonly languages: readonly string[];
  readonly description: string | null;
  readonly qualification: { readonly category: string | null; readonly date: string | null } | null;
  readonly relations: readonly { readonly type: string; readonly targets: readonly Identifier[] }[];
  readonly status: { readonly kind: string | null; readonly version: string | null } | null;
  readonly parties: readonly Party[];
  /** `Text`, `Collection` (1.x), `tekst`, `kolekcja` (2.0). */
  readonly category: string | null;
  readonly kinds: readonly string[];
  readonly version: '1.x' | '2.0';
}

export interface Identifier {
  readonly type: string;
  readonly value: string;
}

export interface ObjectDate {
  readonly type: string;
  /** null for a span. */
  readonly time: string | null;
  readonly from: string | null;
  readonly to: string | null;
}

export const PARTY_ROLES = ['tworca', 'odbiorca', 'nadawca', 'kwalifikacja'] as const;
export interface Party {
  readonly role: (typeof PARTY_ROLES)[number];
  /** Function of a creator (`utworzył`), kind of a recipient (`glowny`). */
  readonly function: string | null;
  readonly kind: 'osoba' | 'instytucja';
  readonly surname: string | null;
  readonly firstName: string | null;
  /** Institution, then units from the top down. */
  readonly name: string | null;
  readonly units: readonly string[];
  readonly employee: {
    readonly surname: string;
    readonly firstName: string | null;
    readonly post: string | null;
  } | null;
  readonly ids: readonly Identifier[];
  readonly address: Readonly<Record<string, string>> | null;
  readonly contacts: readonly Identifier[];
}

/** Types compare without regard to case, spaces and Polish letters: `maDekretację` = `ma dekretację` = `maDekretacje`. */
export const foldWord = (word: string): string =>
  word
    .toLowerCase()
    .replace(/ł/g, 'l')
    .normalize('NFD')
    .replace(/\p{M}/gu, '')
    .replace(/[\s_-]+/g, '');

/** First value of an identifier of this type. */
export const identifierOf = (object: PackageObject, type: string): string | null =>
  object.identifiers.find((identifier) => foldWord(identifier.type) === foldWord(type))?.value ?? null;
