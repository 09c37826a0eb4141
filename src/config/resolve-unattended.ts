import { join } from 'node:path';
import type { EmailConfig, LogsConfig, NotifyConfig, WebhookConfig } from './unattended.ts';
import {
  type EmailSpec,
  type LogsSpec,
  NOTIFY_EVENTS,
  type NotifySpec,
  type WebhookSpec,
} from './unattended-schema.ts';

const MEGABYTE = 1024 * 1024;
const PORTS = { starttls: 587, implicit: 465, none: 25 } as const;

/** How paths and secrets of the project file are read; the way of the rest of the file. */
export interface Reading {
  path(given: string): string;
  /** The first line of a file that holds a secret; undefined: reported. */
  secret(file: string, key: readonly string[]): string | undefined;
  /** The text of a certificate; null: reported. */
  certificate(file: string, key: readonly string[]): string | null;
}

export function resolveLogs(spec: LogsSpec | undefined, path: Reading['path']): LogsConfig {
  const {
    folder = 'logs',
    level = 'info',
    maxMegabytes = 50,
    keepDays = 90,
  } = typeof spec === 'string' ? { folder: spec } : (spec ?? {});
  return { folder: path(folder), level, maxBytes: maxMegabytes * MEGABYTE, keepDays };
}

export const resolveMetrics = (file: string | undefined, logs: LogsConfig, path: Reading['path']): string =>
  file === undefined ? join(logs.folder, 'metrics.prom') : path(file);

export function resolveNotify(spec: NotifySpec | undefined, reading: Reading): NotifyConfig {
  const { on = NOTIFY_EVENTS, webhook, email } = spec ?? {};
  return {
    on,
    webhook: webhook === undefined ? null : resolveWebhook(webhook, reading),
    email: email === undefined ? null : resolveEmail(email, reading),
  };
}

function resolveWebhook({ url, secret, secretFile }: WebhookSpec, reading: Reading): WebhookConfig {
  if (secretFile === undefined) return { url, secret: secret ?? null };
  return { url, secret: secret ?? reading.secret(secretFile, ['notify', 'webhook', 'secretFile']) ?? null };
}

function resolveEmail(spec: EmailSpec, reading: Reading): EmailConfig {
  const { host, tls = 'starttls', port = PORTS[tls], user, from, to, caFile, passwordFile } = spec;
  const read = (): string | undefined =>
    passwordFile === undefined ? undefined : reading.secret(passwordFile, ['notify', 'email', 'passwordFile']);
  const login = user === undefined ? null : { user, password: spec.password ?? read() ?? '' };
  const ca = caFile === undefined ? null : reading.certificate(caFile, ['notify', 'email', 'caFile']);
  return { host, port, tls, ca, login, from, to };
}
