/** What a LOGIN7 message says, as far as a test server needs it. */
export interface Login {
  readonly packetSize: number;
  readonly userName: string;
  readonly password: string;
  readonly appName: string;
  readonly serverName: string;
  readonly database: string;
  readonly readOnlyIntent: boolean;
  /** The NTLM negotiate message of a domain login. */
  readonly sspi: Buffer | undefined;
}

export function parseLogin(payload: Buffer): Login {
  const text = (at: number): Buffer => {
    const offset = payload.readUInt16LE(at);
    return payload.subarray(offset, offset + payload.readUInt16LE(at + 2) * 2);
  };
  const integrated = (payload.readUInt8(25) & 0x80) !== 0;
  const sspiAt = payload.readUInt16LE(78);
  return {
    packetSize: payload.readUInt32LE(8),
    userName: text(40).toString('utf16le'),
    password: unscramble(text(44)).toString('utf16le'),
    appName: text(48).toString('utf16le'),
    serverName: text(52).toString('utf16le'),
    database: text(68).toString('utf16le'),
    readOnlyIntent: (payload.readUInt8(26) & 0x20) !== 0,
    sspi: integrated ? payload.subarray(sspiAt, sspiAt + payload.readUInt16LE(80)) : undefined,
  };
}

function unscramble(bytes: Buffer): Buffer {
  return Buffer.from(
    bytes.map((byte) => {
      const plain = byte ^ 0xa5;
      return ((plain & 0x0f) << 4) | (plain >> 4);
    }),
  );
}

export const ENCRYPTION = { off: 0, on: 1, notSupported: 2, required: 3 } as const;

/** The encryption byte that the client sent in PRELOGIN. */
export function preLoginEncryption(payload: Buffer): number {
  for (let at = 0; payload.readUInt8(at) !== 0xff; at += 5) {
    if (payload.readUInt8(at) === 1) return payload.readUInt8(payload.readUInt16BE(at + 1));
  }
  return ENCRYPTION.notSupported;
}

/** The server's PRELOGIN: version 15.0.4000 (SQL Server 2019) and the encryption that it wants. */
export function preLoginResponse(encryption: number): Buffer {
  const options = [
    { token: 0, data: Buffer.from([15, 0, 0x0f, 0xa0, 0, 0]) },
    { token: 1, data: Buffer.from([encryption]) },
    { token: 2, data: Buffer.from([0]) },
    { token: 3, data: Buffer.alloc(0) },
    { token: 4, data: Buffer.from([0]) },
  ];
  const heads: Buffer[] = [];
  let offset = options.length * 5 + 1;
  for (const option of options) {
    const head = Buffer.alloc(5);
    head.writeUInt8(option.token, 0);
    head.writeUInt16BE(offset, 1);
    head.writeUInt16BE(option.data.length, 3);
    heads.push(head);
    offset += option.data.length;
  }
  return Buffer.concat([...heads, Buffer.from([0xff]), ...options.map((option) => option.data)]);
}
