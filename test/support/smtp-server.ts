import { SMTPServer, type SMTPServerAuthentication } from 'smtp-server';
import { makeCertificate } from './tds/wire/certificate.ts';

/** An e-mail as it arrived. */
export interface ReceivedMail {
  readonly from: string;
  readonly to: readonly string[];
  /** Headers and body, undecoded. */
  readonly raw: string;
  readonly secure: boolean;
  readonly user: string | undefined;
}

export interface MailServerOptions {
  /** `starttls` (default): offered; `implicit`: TLS from the first byte; `none`: not offered. */
  readonly tls?: 'starttls' | 'implicit' | 'none';
  /** Login that is wanted; absent: none. */
  readonly login?: { readonly user: string; readonly password: string };
  /** Recipients that are refused. */
  readonly refuse?: readonly string[];
}

export interface MailServer {
  readonly port: number;
  /** PEM of its self-signed certificate, made for `localhost`. */
  readonly certificate: string;
  readonly mails: readonly ReceivedMail[];
  /** Logins that were tried, with what was given. */
  readonly logins: readonly { readonly user: string | undefined; readonly secure: boolean }[];
  close(): Promise<void>;
}

/** A real SMTP server (the package smtp-server) on a free port of 127.0.0.1. */
export async function startMailServer(options: MailServerOptions = {}): Promise<MailServer> {
  const { tls = 'starttls', login, refuse = [] } = options;
  const { cert, key } = makeCertificate();
  const mails: ReceivedMail[] = [];
  const logins: { user: string | undefined; secure: boolean }[] = [];
  const check = ({ username, password }: SMTPServerAuthentication): boolean =>
    username === login?.user && password === login?.password;
  const server = new SMTPServer({
    secure: tls === 'implicit',
    key,
    cert,
    disabledCommands: [
      ...(tls === 'none' ? ['STARTTLS' as const] : []),
      ...(login === undefined ? ['AUTH' as const] : []),
    ],
    authOptional: login === undefined,
    logger: false,
    onAuth(auth, session, done) {
      logins.push({ user: auth.username, secure: session.secure });
      if (check(auth)) done(null, { user: auth.username });
      else done(new Error('Invalid login'));
    },
    onRcptTo({ address }, _session, done) {
      done(refuse.includes(address) ? new Error('no such mailbox') : null);
    },
    onData(stream, session, done) {
      const chunks: Buffer[] = [];
      stream.on('data', (chunk: Buffer) => chunks.push(chunk));
      stream.on('end', () => {
        const { mailFrom, rcptTo } = session.envelope;
        mails.push({
          from: mailFrom === false ? '' : mailFrom.address,
          to: rcptTo.map(({ address }) => address),
          raw: Buffer.concat(chunks).toString('utf8'),
          secure: session.secure,
          user: typeof session.user === 'string' ? session.user : undefined,
        });
        done();
      });
    },
  });
  // A client that turns away from the certificate is the test's business, not the server's.
  server.on('error', () => undefined);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', () => resolve()));
  const address = server.server.address();
  return {
    port: typeof address === 'object' && address !== null ? address.port : 0,
    certificate: cert,
    mails,
    logins,
    close: () => new Promise((resolve) => server.close(() => resolve())),
  };
}
