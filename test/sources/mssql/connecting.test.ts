import { createSocket } from 'node:dgram';
import { afterEach, describe, expect, it } from 'vitest';
import type { RunEvent } from '../../../src/core/events.ts';
import { startTdsServer, type TdsServer, type TdsServerOptions } from '../../support/tds/server.ts';
import { makeCertificate } from '../../support/tds/wire/certificate.ts';
import { sourceOn } from './read-source.ts';

/** A certificate that has nothing to do with the server's. */
const OTHER_CA = makeCertificate().cert;

const close: (() => Promise<unknown>)[] = [];

async function start(options: TdsServerOptions = {}): Promise<TdsServer> {
  const server = await startTdsServer(options);
  close.push(() => server.stop());
  return server;
}

function open(server: TdsServer, ...rest: Parameters<typeof sourceOn> extends [unknown, ...infer R] ? R : never) {
  const source = sourceOn(server, ...rest);
  close.push(() => source.close());
  return source;
}

afterEach(async () => {
  for (const step of close.splice(0).reverse()) await step();
});

describe('connecting to the legacy database', () => {
  it('uses TLS, checks the certificate, and says that it only reads', async () => {
    const server = await start();
    await open(server).catalogue();
    expect(server.sessions.every((session) => session.encrypted && session.readOnlyIntent)).toBe(true);
    expect(server.sessions[0]!.appName).toBe('ezd-migrate');
  });

  it('refuses a certificate that nobody vouches for, with the cure', async () => {
    const server = await start();
    const source = open(server, { ca: OTHER_CA });
    await expect(source.catalogue()).rejects.toMatchObject({
      code: 'SOURCE_UNREACHABLE',
      retryable: false,
      message: expect.stringContaining('certificate'),
      hint: expect.stringContaining('caFile'),
    });
    expect(server.sessions).toEqual([]);
  });

  it('takes any certificate when told to, with a warning', async () => {
    const server = await start();
    const events: RunEvent[] = [];
    const source = open(
      server,
      { ca: OTHER_CA, trustServerCertificate: true },
      { emit: (event) => events.push(event) },
    );
    await source.catalogue();
    expect(events).toContainEqual(expect.objectContaining({ kind: 'note', code: 'MSSQL_CERTIFICATE_NOT_CHECKED' }));
    expect(server.sessions[0]!.encrypted).toBe(true);
  });

  it('never sends the password to a server without TLS unless told to', async () => {
    const server = await start({ encryption: 'none' });
    await expect(open(server).catalogue()).rejects.toMatchObject({
      code: 'SOURCE_UNREACHABLE',
      hint: expect.stringContaining('encrypt: false'),
    });
    expect(server.loginMessages).toBe(0);
    const events: RunEvent[] = [];
    await open(server, { encrypt: false }, { emit: (event) => events.push(event) }).catalogue();
    expect(server.sessions[0]!.encrypted).toBe(false);
    expect(events).toContainEqual(expect.objectContaining({ kind: 'note', code: 'MSSQL_NOT_ENCRYPTED' }));
  });

  it('logs in as a domain user', async () => {
    const server = await start({ domainLogin: { domain: 'URZAD', user: 'migracja', password: 'Zażółć-1' } });
    await open(server, { domain: 'URZAD', user: 'migracja', password: 'Zażółć-1' }).catalogue();
    expect(server.sessions[0]!.loginName).toBe('URZAD\\migracja');
  });

  it('finds a named instance by the SQL Browser', async () => {
    const server = await start();
    const browser = createSocket('udp4');
    browser.on('message', (_message, from) => {
      const text = `ServerName;SQLTEST;InstanceName;EZD;IsClustered;No;Version;15.0.4000.0;tcp;${server.port};;`;
      const head = Buffer.from([5, 0, 0]);
      head.writeUInt16LE(text.length, 1);
      browser.send(Buffer.concat([head, Buffer.from(text)]), from.port, from.address);
    });
    await new Promise<void>((resolve) => browser.bind(1434, '127.0.0.1', resolve));
    close.push(() => new Promise<void>((resolve) => browser.close(() => resolve())));
    await open(server, { instance: 'EZD' }).catalogue();
    expect(server.sessions.length).toBeGreaterThan(0);
  });

  it('tells a refused login from a server that does not answer, and hides nothing but the password', async () => {
    const server = await start();
    const wrong = await open(server, { password: 'zupelnie-inne' })
      .catalogue()
      .catch((error: unknown) => error);
    expect(wrong).toMatchObject({ code: 'SOURCE_UNREACHABLE', retryable: false });
    expect(String(wrong)).not.toContain('zupelnie-inne');
    await server.stop();
    const gone = await open(server, { retries: 1 })
      .catalogue()
      .catch((error: unknown) => error);
    expect(gone).toMatchObject({ code: 'SOURCE_UNREACHABLE', retryable: true });
    await server.start();
  });

  it('waits for a server that is being upgraded', async () => {
    const server = await start();
    server.refuseLogins(2, 18401, 'Server is in script upgrade mode.');
    const events: RunEvent[] = [];
    await open(server, {}, { emit: (event) => events.push(event) }).catalogue();
    expect(events.filter((event) => event.kind === 'retry')).toHaveLength(2);
  });

  it('reads under snapshot isolation where the database allows it, else read committed', async () => {
    const plain = await start();
    await open(plain).catalogue();
    expect(plain.statements.map((s) => s.sql).join()).not.toMatch(/isolation level snapshot/i);
    const versioned = await start({ database: { snapshotIsolation: true } });
    await open(versioned).catalogue();
    expect(versioned.sessions.at(-1)!.isolationLevel).toBe('snapshot');
  });
});
