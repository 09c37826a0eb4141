/** Two 32-bit halves of a hash; written into `out` so that nothing is allocated for a value. */
export interface HashHalves {
  low: number;
  high: number;
}

/** Mixes a text into two independent 32-bit halves (multiply and rotate, as in MurmurHash; good enough to count and to sample, not a secret). */
export function hashText(text: string, out: HashHalves): void {
  let a = 0xdeadbeef;
  let b = 0x41c6ce57;
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i);
    a = Math.imul(a ^ code, 2654435761);
    b = Math.imul(b ^ code, 1597334677);
  }
  a = Math.imul(a ^ (a >>> 16), 2246822507) ^ Math.imul(b ^ (b >>> 13), 3266489909);
  b = Math.imul(b ^ (b >>> 16), 2246822507) ^ Math.imul(a ^ (a >>> 13), 3266489909);
  out.low = a >>> 0;
  out.high = b >>> 0;
}

/** The hash as one number of 53 bits, never 0. */
export const wholeHash = ({ low, high }: HashHalves): number => (high & 0x1fffff) * 4294967296 + low || 1;
