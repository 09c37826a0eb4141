import { collationOf } from '../collation.ts';
import type { ByteWriter } from './byte-writer.ts';

/** The tokens of a response besides column descriptions and rows. */
const TOKEN = { error: 0xaa, info: 0xab, loginAck: 0xad, featureExtAck: 0xae, envChange: 0xe3, sspi: 0xed } as const;

/** An error or a message of SQL Server. */
export interface SqlMessage {
  readonly number: number;
  readonly message: string;
  /** Severity: 11–19 an error of the statement, 20 and more ends the connection. */
  readonly severity?: number;
  readonly state?: number;
}

export function writeMessage(out: ByteWriter, kind: 'error' | 'info', message: SqlMessage, serverName: string): void {
  out.u8(TOKEN[kind]);
  out.u16(4 + 1 + 1 + 2 + message.message.length * 2 + 1 + serverName.length * 2 + 1 + 4);
  out.u32(message.number);
  out.u8(message.state ?? 1);
  out.u8(message.severity ?? (kind === 'error' ? 16 : 0));
  out.usVarChar(message.message);
  out.bVarChar(serverName);
  out.bVarChar('');
  out.u32(1);
}

export const DONE = { more: 0x01, error: 0x02, count: 0x10, attention: 0x20 } as const;
export const DONE_TOKEN = { done: 0xfd, doneProc: 0xfe, doneInProc: 0xff } as const;

const SELECT_COMMAND = 0xc1;

export function writeDone(out: ByteWriter, token: number, status: number, rows = 0): void {
  out.u8(token);
  out.u16(status);
  out.u16((status & DONE.count) === 0 ? 0 : SELECT_COMMAND);
  out.u64(BigInt(rows));
}

export function writeReturnStatus(out: ByteWriter, status: number): void {
  out.u8(0x79);
  out.i32(status);
}

export function writeLoginAck(out: ByteWriter): void {
  const name = 'Microsoft SQL Server';
  out.u8(TOKEN.loginAck);
  out.u16(1 + 4 + 1 + name.length * 2 + 4);
  out.u8(1);
  out.bytes(Buffer.from([0x74, 0, 0, 4]));
  out.bVarChar(name);
  out.bytes(Buffer.from([15, 0, 0x0f, 0xa0]));
}

/** Acknowledges UTF-8 support, the only feature that the driver asks for. */
export function writeFeatureAck(out: ByteWriter): void {
  out.u8(TOKEN.featureExtAck);
  out.u8(0x0a);
  out.u32(1);
  out.u8(1);
  out.u8(0xff);
}

const ENV = { database: 1, language: 2, packetSize: 4 } as const;

export function writeTextChange(out: ByteWriter, kind: keyof typeof ENV, now: string, before: string): void {
  out.u8(TOKEN.envChange);
  out.u16(3 + (now.length + before.length) * 2);
  out.u8(ENV[kind]);
  out.bVarChar(now);
  out.bVarChar(before);
}

export function writeCollationChange(out: ByteWriter, name: string): void {
  out.u8(TOKEN.envChange);
  out.u16(8);
  out.u8(7);
  out.u8(5);
  out.bytes(collationOf(name).bytes);
  out.u8(0);
}

/** The session was reset as the client asked. */
export function writeResetAck(out: ByteWriter): void {
  out.u8(TOKEN.envChange);
  out.u16(3);
  out.u8(18);
  out.u8(0);
  out.u8(0);
}

export function writeSspi(out: ByteWriter, message: Buffer): void {
  out.u8(TOKEN.sspi);
  out.u16(message.length);
  out.bytes(message);
}
