import { createHmac, timingSafeEqual } from 'node:crypto';
import { md4 } from './md4.ts';

/** The challenge (NTLM type 2) to a domain login: a nonce of 8 bytes and the target information that the proof covers. */
export function ntlmChallenge(nonce: Buffer, domain: string): Buffer {
  const name = Buffer.from(domain, 'utf16le');
  const target = Buffer.concat([
    avPair(2, name),
    avPair(1, Buffer.from('SQLTEST', 'utf16le')),
    avPair(0, Buffer.alloc(0)),
  ]);
  const head = Buffer.alloc(56);
  head.write('NTLMSSP\0', 0, 'latin1');
  head.writeUInt32LE(2, 8);
  head.writeUInt16LE(name.length, 12);
  head.writeUInt16LE(name.length, 14);
  head.writeUInt32LE(56, 16);
  head.writeUInt32LE(0x00818205, 20);
  nonce.copy(head, 24);
  head.writeUInt16LE(target.length, 40);
  head.writeUInt16LE(target.length, 42);
  head.writeUInt32LE(56 + name.length, 44);
  return Buffer.concat([head, name, target]);
}

/** Checks the client's answer (NTLM type 3) against a domain login, by its LMv2 proof. */
export function ntlmProves(
  response: Buffer,
  nonce: Buffer,
  login: { readonly domain: string; readonly user: string; readonly password: string },
): boolean {
  const field = (at: number): Buffer =>
    response.subarray(response.readUInt32LE(at + 4), response.readUInt32LE(at + 4) + response.readUInt16LE(at));
  const domain = field(28).toString('utf16le');
  const user = field(36).toString('utf16le');
  if (domain.toUpperCase() !== login.domain.toUpperCase() || user.toUpperCase() !== login.user.toUpperCase())
    return false;
  const identity = Buffer.from(user.toUpperCase() + domain.toUpperCase(), 'utf16le');
  const key = hmac(md4(Buffer.from(login.password, 'utf16le')), identity);
  const proof = field(12);
  const clientNonce = proof.subarray(16, 24);
  return timingSafeEqual(proof.subarray(0, 16), hmac(key, Buffer.concat([nonce, clientNonce])));
}

function hmac(key: Buffer, data: Buffer): Buffer {
  return createHmac('md5', key).update(data).digest();
}

function avPair(id: number, value: Buffer): Buffer {
  const head = Buffer.alloc(4);
  head.writeUInt16LE(id, 0);
  head.writeUInt16LE(value.length, 2);
  return Buffer.concat([head, value]);
}
