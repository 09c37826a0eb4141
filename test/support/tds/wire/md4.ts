/** MD4 (RFC 1320): the hash of NTLM passwords, which today's OpenSSL no longer offers. Only for the test server. */
export function md4(message: Buffer): Buffer {
  const state = [0x67452301, 0xefcdab89, 0x98badcfe, 0x10325476];
  const padded = pad(message);
  for (let at = 0; at < padded.length; at += 64) block(state, padded.subarray(at, at + 64));
  const digest = Buffer.alloc(16);
  state.forEach((word, i) => {
    digest.writeUInt32LE(word >>> 0, i * 4);
  });
  return digest;
}

function pad(message: Buffer): Buffer {
  const padded = Buffer.alloc(Math.ceil((message.length + 9) / 64) * 64);
  message.copy(padded);
  padded[message.length] = 0x80;
  padded.writeBigUInt64LE(BigInt(message.length) * 8n, padded.length - 8);
  return padded;
}

const ROUNDS = [
  {
    f: (x: number, y: number, z: number): number => (x & y) | (~x & z),
    add: 0,
    order: [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15],
    shifts: [3, 7, 11, 19],
  },
  {
    f: (x: number, y: number, z: number): number => (x & y) | (x & z) | (y & z),
    add: 0x5a827999,
    order: [0, 4, 8, 12, 1, 5, 9, 13, 2, 6, 10, 14, 3, 7, 11, 15],
    shifts: [3, 5, 9, 13],
  },
  {
    f: (x: number, y: number, z: number): number => x ^ y ^ z,
    add: 0x6ed9eba1,
    order: [0, 8, 4, 12, 2, 10, 6, 14, 1, 9, 5, 13, 3, 11, 7, 15],
    shifts: [3, 9, 11, 15],
  },
] as const;

function block(state: number[], bytes: Buffer): void {
  let [a = 0, b = 0, c = 0, d = 0] = state;
  for (const round of ROUNDS) {
    round.order.forEach((word, i) => {
      const sum = (a + round.f(b, c, d) + bytes.readUInt32LE(word * 4) + round.add) | 0;
      const shift = round.shifts[i % 4]!;
      [a, b, c, d] = [d, (sum << shift) | (sum >>> (32 - shift)), b, c];
    });
  }
  [a, b, c, d].forEach((word, i) => {
    state[i] = (state[i]! + word) | 0;
  });
}
