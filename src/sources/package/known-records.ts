/**
 * What the store holds already, loaded from the office's database. A package of the same office tells the same records with less in them: they are marked
 * (`w_magazynie`), and the mappings leave them as they are.
 */
export interface KnownRecords {
  /** Keys of the cases with these signs: `SpisSpraw.Id`, and `IdPisma` of the folder. Signs that are not there are left out. */
  cases(signs: readonly string[]): Promise<ReadonlyMap<string, KnownCase>>;
  /** Those of these keys that are there. */
  among(entity: KnownEntity, keys: readonly string[]): Promise<ReadonlySet<string>>;
}

export interface KnownCase {
  readonly key: string;
  readonly folder: string;
}

/** Entities of which packages carry EZD PUW's own keys. */
export type KnownEntity = 'koszulka' | 'dokument' | 'tresc';

/** A store that holds nothing from a database. */
export const NOTHING_KNOWN: KnownRecords = {
  cases: () => Promise.resolve(new Map()),
  among: () => Promise.resolve(new Set()),
};
