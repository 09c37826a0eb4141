import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, describe, expect, test } from 'vitest';
import type { Mailbox } from '../../src/notify/email.ts';
import { composeMessage, type Message } from '../../src/notify/message.ts';
import { tellPlaces } from '../../src/notify/notify.ts';
import { signatureOf } from '../../src/notify/webhook.ts';
import { madeUpNight, madeUpStep } from '../support/made-up-night.ts';
import { type MailServer, type MailServerOptions, startMailServer } from '../support/smtp-server.ts';

const compose = (event: Message['event'] = 'failure', night = madeUpNight(), language: 'pl' | 'en' = 'pl'): Message =>
  composeMessage(event, night, {
    language,
    host: 'serwer-1',
    failingSince: event === 'recovery' ? Date.UTC(2026, 10, 24, 3) : null,
    moment: (milliseconds) => new Date(milliseconds).toISOString().slice(0, 16),
  });

describe('a message', () => {
  test('of a failure names office, machine, exit code, the step that failed, why, and what to do', () => {
    const { subject, text } = compose();
    expect(subject).toBe('ezd-migrate: noc się nie powiodła (UM "Przykładowo")');
    for (const part of [
      'serwer-1',
      'kodem 6',
      '- sync: nie powiodło się (kod 6, 12 s)',
      '[SOURCE_UNREACHABLE]',
      'Check that',
    ])
      expect(text).toContain(part);
    expect(text).toContain('- reconcile: pominięto');
  });

  test('of a recovery says since when nights had failed', () => {
    const night = madeUpNight({ status: 'good', exitCode: 0, steps: [madeUpStep({ name: 'doctor' })] });
    const { text, body } = compose('recovery', night, 'en');
    expect(text).toContain('went well');
    expect(text).toContain('failing since 2026-11-24T03:00');
    expect(body).toMatchObject({ event: 'night.recovery', failingSince: '2026-11-24T03:00:00.000Z', status: 'good' });
  });

  test('for programs sums the records of a step and holds no text of a record', () => {
    expect(compose().body.steps[1]).toMatchObject({
      name: 'sync',
      seconds: 12.345,
      records: { read: 15, loaded: 9, unchanged: 3, rejected: 2, skipped: 1 },
      findings: { error: 2, warning: 7, info: 0 },
    });
  });
});

interface Post {
  readonly body: string;
  readonly headers: Readonly<Record<string, unknown>>;
}

describe('a webhook', () => {
  let server: Server | undefined;
  afterEach(() => {
    server?.closeAllConnections();
    server?.close();
  });

  async function listen(
    answers: readonly (number | 'silence' | 'redirect')[],
  ): Promise<{ url: string; posts: Post[] }> {
    const posts: Post[] = [];
    server = createServer((request, response) => {
      let body = '';
      request.setEncoding('utf8').on('data', (chunk: string) => {
        body += chunk;
      });
      request.on('end', () => {
        const answer = answers[Math.min(posts.length, answers.length - 1)]!;
        posts.push({ body, headers: request.headers });
        if (answer === 'silence') return;
        if (answer === 'redirect') response.writeHead(302, { location: 'http://127.0.0.1:1/' }).end();
        else response.writeHead(answer).end();
      });
    });
    await new Promise<void>((resolve) => server!.listen(0, '127.0.0.1', resolve));
    return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/hooks/zeton123`, posts };
  }
  const tell = (url: string, secret: string | null = null) =>
    tellPlaces(
      compose(),
      { on: ['failure', 'recovery'], webhook: { url, secret }, email: null },
      { timeout: 300, tries: 3, pause: 5 },
    );

  test('gets the message as JSON, signed by the HMAC of exactly its bytes', async () => {
    const { url, posts } = await listen([204]);
    expect(await tell(url, 'klucz')).toEqual([{ by: 'webhook', failure: null }]);
    expect(posts).toHaveLength(1);
    expect(JSON.parse(posts[0]!.body)).toMatchObject({
      event: 'night.failure',
      office: 'UM "Przykładowo"',
      exitCode: 6,
    });
    expect(posts[0]!.headers).toMatchObject({
      'content-type': 'application/json; charset=utf-8',
      'x-ezd-migrate-signature': `sha256=${signatureOf(posts[0]!.body, 'klucz')}`,
    });
  });

  test('without a secret is not signed', async () => {
    const { url, posts } = await listen([200]);
    await tell(url);
    expect(posts[0]!.headers).not.toHaveProperty('x-ezd-migrate-signature');
  });

  test('that is at fault is asked again and may come back', async () => {
    const { url, posts } = await listen([503, 'silence', 200]);
    expect(await tell(url)).toEqual([{ by: 'webhook', failure: null }]);
    expect(posts).toHaveLength(3);
  });

  test.each([
    ['refuses', [403] as const, 1, 'HTTP 403'],
    ['is at fault for ever', [500] as const, 3, 'HTTP 500'],
    ['keeps silent', ['silence'] as const, 3, 'no answer in time'],
    ['sends elsewhere', ['redirect'] as const, 3, 'redirect'],
  ])('that %s is a result and not an error, without the address in it', async (_what, answers, times, said) => {
    const { url, posts } = await listen(answers);
    const [told] = await tell(url);
    expect(posts).toHaveLength(times);
    expect(told!.failure).toContain(said);
    expect(told!.failure).not.toContain('zeton123');
  });

  test('that is not there is a result too', async () => {
    const [told] = await tell('http://127.0.0.1:1/hooks/zeton123');
    expect(told!.failure).toMatch(/127\.0\.0\.1:1 was not taken: (ECONNREFUSED|bad port)/);
  });

  test('is not told of what nobody wants to hear', async () => {
    const { url, posts } = await listen([200]);
    const places = { on: ['recovery'], webhook: { url, secret: null }, email: null } as const;
    expect(await tellPlaces(compose('failure'), places)).toEqual([]);
    expect(posts).toEqual([]);
  });
});

describe('an e-mail', () => {
  let server: MailServer;
  afterEach(() => server.close());

  async function send(options: MailServerOptions, over: Partial<Mailbox> = {}): Promise<string | null> {
    server = await startMailServer(options);
    const email: Mailbox = {
      host: 'localhost',
      port: server.port,
      tls: options.tls ?? 'starttls',
      ca: server.certificate,
      login: options.login ?? null,
      from: 'ezd-migrate@urzad.example',
      to: ['it@urzad.example', 'dyrektor@urzad.example'],
      ...over,
    };
    const [told] = await tellPlaces(compose(), { on: ['failure'], webhook: null, email });
    return told!.failure;
  }

  test.each(['starttls', 'implicit'] as const)('goes over TLS (%s) with login to every recipient', async (tls) => {
    expect(await send({ tls, login: { user: 'ezd', password: 'tajne' } })).toBeNull();
    expect(server.mails).toHaveLength(1);
    const [mail] = server.mails;
    expect(mail).toMatchObject({ secure: true, user: 'ezd', to: ['it@urzad.example', 'dyrektor@urzad.example'] });
    expect(mail!.raw).toMatch(/^Auto-Submitted: auto-generated/m);
    expect(mail!.raw).toMatch(/^Subject: =\?UTF-8\?/m);
    const body = Buffer.from(mail!.raw.split('\r\n\r\n').slice(1).join(''), 'base64').toString('utf8');
    const text = mail!.raw.includes('base64') ? body : unquote(mail!.raw);
    expect(text).toContain('Noc urzędu UM "Przykładowo"');
  });

  test('goes in plain text only where the project says so', async () => {
    expect(await send({ tls: 'none' })).toBeNull();
    expect(server.mails[0]).toMatchObject({ secure: false });
  });

  test('is not sent to a server without STARTTLS, and the password does not leave', async () => {
    const login = { user: 'ezd', password: 'tajne' };
    expect(await send({ tls: 'none', login }, { tls: 'starttls' })).toMatch(/STARTTLS/i);
    expect(server.logins).toEqual([]);
    expect(server.mails).toEqual([]);
  });

  test('is not sent to a server whose certificate nobody signed', async () => {
    expect(await send({ login: { user: 'ezd', password: 'tajne' } }, { ca: null })).toMatch(/certificate/i);
    expect(server.logins).toEqual([]);
  });

  test('with a wrong login is a result without the password in it', async () => {
    const failure = await send(
      { login: { user: 'ezd', password: 'tajne' } },
      { login: { user: 'ezd', password: 'inne-haslo' } },
    );
    expect(failure).toMatch(/login/i);
    expect(failure).not.toContain('inne-haslo');
  });

  test('with recipients of whom one is refused still reaches the other', async () => {
    expect(await send({ refuse: ['dyrektor@urzad.example'] })).toBeNull();
    expect(server.mails[0]!.to).toEqual(['it@urzad.example']);
  });
});

const unquote = (raw: string): string => {
  const bytes = raw
    .replace(/=\r\n/g, '')
    .replace(/=([0-9A-F]{2})/g, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)));
  return Buffer.from(bytes, 'latin1').toString('utf8');
};
