import type { Message } from './message.ts';

export interface Mailbox {
  readonly host: string;
  readonly port: number;
  readonly tls: 'starttls' | 'implicit' | 'none';
  /** Certificates of the authority in PEM; null: those of the system. */
  readonly ca: string | null;
  readonly login: { readonly user: string; readonly password: string } | null;
  readonly from: string;
  readonly to: readonly string[];
}

/** Milliseconds for connecting, greeting and silence. */
const TIMEOUT = 20_000;

/**
 * Sends a message as plain text. With `starttls` a server that does not offer it is refused before the login leaves; certificates are checked.
 * Throws the fault of the mail server.
 */
export async function sendEmail(mailbox: Mailbox, { event, subject, text }: Message): Promise<void> {
  const { host, port, tls, ca, login, from, to } = mailbox;
  // Few nights send anything
  const { createTransport } = await import('nodemailer');
  const transport = createTransport({
    host,
    port,
    secure: tls === 'implicit',
    requireTLS: tls === 'starttls',
    ignoreTLS: tls === 'none',
    ...(login === null ? {} : { auth: { user: login.user, pass: login.password } }),
    ...(ca === null ? {} : { tls: { ca } }),
    connectionTimeout: TIMEOUT,
    greetingTimeout: TIMEOUT,
    socketTimeout: TIMEOUT,
    disableFileAccess: true,
    disableUrlAccess: true,
  });
  try {
    await transport.sendMail({
      from,
      to: [...to],
      subject,
      text,
      headers: { 'Auto-Submitted': 'auto-generated', 'X-Ezd-Migrate-Event': event },
    });
  } finally {
    transport.close();
  }
}
