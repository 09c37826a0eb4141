import type { HashAlgorithm } from './content.ts';

/** A legacy hash as understood: which algorithm its length suggests, and its value as lower-case hex. */
export interface LegacyHash {
  readonly algorithm: HashAlgorithm;
  readonly hex: string;
  /** How it is written, e.g. `sha512 hex`; hashes of one form are trusted or distrusted together. */
  readonly form: string;
}

const BY_HEX_LENGTH: Readonly<Record<number, HashAlgorithm>> = { 32: 'md5', 40: 'sha1', 64: 'sha256', 128: 'sha512' };
const BY_BYTE_LENGTH: Readonly<Record<number, HashAlgorithm>> = { 16: 'md5', 20: 'sha1', 32: 'sha256', 64: 'sha512' };

/** Guess by length (RULES §18): 32, 40, 64, 128 hex digits (with or without `0x`, dashes or spaces), or Base64 of 16, 20, 32, 64 bytes. null: no known form. */
export function guessLegacyHash(text: string | null): LegacyHash | null {
  if (text === null) return null;
  const plain = text.trim();
  const hex = plain.replace(/^0x/i, '').replaceAll(/[-: ]/g, '').toLowerCase();
  if (/^[0-9a-f]+$/.test(hex)) {
    const algorithm = BY_HEX_LENGTH[hex.length];
    if (algorithm !== undefined) return { algorithm, hex, form: `${algorithm} hex` };
  }
  if (!/^[A-Za-z0-9+/]+={0,2}$/.test(plain)) return null;
  const bytes = Buffer.from(plain, 'base64');
  const algorithm = BY_BYTE_LENGTH[bytes.length];
  return algorithm === undefined ? null : { algorithm, hex: bytes.toString('hex'), form: `${algorithm} base64` };
}

/** What is known about one form of legacy hash. */
export type HashTrust = 'undecided' | 'confirmed' | 'refuted';

/**
 * Guess, confirm on a sample, then trust. One equal digest proves the algorithm (equality by chance is impossible), three rule out rows that are right for
 * another reason; a sample without a single equal one refutes it, and the form is not compared any more. Verdicts on unequal digests wait for the decision.
 */
export interface HashTrustBook {
  /** Notes one comparison; returns what is known after it. */
  note(form: string, equal: boolean): HashTrust;
  /** The state of every form seen, the undecided ones decided by what there is: one equal digest confirms. */
  conclude(): ReadonlyMap<string, HashTrust>;
}

export const CONFIRMING_SAMPLE = 3;
export const REFUTING_SAMPLE = 50;

export function openHashTrust(): HashTrustBook {
  const forms = new Map<string, { equal: number; seen: number; trust: HashTrust }>();
  return {
    note: (form, equal) => {
      const state = forms.get(form) ?? { equal: 0, seen: 0, trust: 'undecided' };
      forms.set(form, state);
      state.seen++;
      if (equal) state.equal++;
      if (state.equal >= CONFIRMING_SAMPLE) state.trust = 'confirmed';
      else if (state.trust === 'undecided' && state.seen >= REFUTING_SAMPLE) {
        state.trust = state.equal > 0 ? 'confirmed' : 'refuted';
      }
      return state.trust;
    },
    conclude: () => {
      for (const state of forms.values()) {
        if (state.trust === 'undecided') state.trust = state.equal > 0 ? 'confirmed' : 'refuted';
      }
      return new Map([...forms].map(([form, state]) => [form, state.trust]));
    },
  };
}
