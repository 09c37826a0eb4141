import type { EmailSpec, LogLevel, NotifyEvent } from './unattended-schema.ts';

/** Where and how logs are kept. */
export interface LogsConfig {
  readonly folder: string;
  readonly level: LogLevel;
  readonly maxBytes: number;
  readonly keepDays: number;
}

/** Who is told about nights. */
export interface NotifyConfig {
  readonly on: readonly NotifyEvent[];
  readonly webhook: WebhookConfig | null;
  readonly email: EmailConfig | null;
}

export interface WebhookConfig {
  /** A secret: such addresses often hold a token. */
  readonly url: string;
  /** Key of the HMAC signature; null: not signed. */
  readonly secret: string | null;
}

export interface EmailConfig {
  readonly host: string;
  readonly port: number;
  readonly tls: NonNullable<EmailSpec['tls']>;
  /** Certificates of the authority in PEM, the text; null: those of the system. */
  readonly ca: string | null;
  readonly login: { readonly user: string; readonly password: string } | null;
  readonly from: string;
  readonly to: readonly string[];
}
