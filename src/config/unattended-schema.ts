import { z } from 'zod';

/** Keys for running unattended: `logs`, `metrics`, `notify`. */

export const LOG_LEVELS = ['debug', 'info', 'warn', 'error'] as const;
export type LogLevel = (typeof LOG_LEVELS)[number];

/** What is told to people outside. `failure`: a night failed; `recovery`: the first night that went well after one that failed. */
export const NOTIFY_EVENTS = ['failure', 'recovery'] as const;
export type NotifyEvent = (typeof NOTIFY_EVENTS)[number];

const text = (description: string) => z.string().min(1).describe(description);
const RELATIVE = 'A relative path starts at the project file.';
const ENVIRONMENT = `Use \${NAME} to take it from the environment.`;

export const LOGS_SPEC = z
  .union([
    text(`Folder of logs; default logs. ${RELATIVE}`),
    z.strictObject({
      folder: text(`Folder of logs; default logs. ${RELATIVE}`).optional(),
      level: z.enum(LOG_LEVELS).describe('Least important lines that are kept; default info.').optional(),
      maxMegabytes: z.int().min(1).describe('Size at which a further file is begun; default 50.').optional(),
      keepDays: z.int().min(1).describe('Days after which a file is deleted; default 90.').optional(),
    }),
  ])
  .describe('Logs: a folder, or folder, level, size and age. One JSON object a line, no personal data.');

export const METRICS_SPEC = z
  .strictObject({
    file: text(
      `Text file for the textfile collector of node_exporter; default metrics.prom in the folder of logs. ${RELATIVE}`,
    ),
  })
  .describe('Where the numbers of the last night go, for Prometheus (docs/operations.md).');

const webhook = z
  .strictObject({
    url: text(`Address that a JSON object is posted to. ${ENVIRONMENT}`),
    secret: text(`Key of the HMAC signature in X-Ezd-Migrate-Signature. ${ENVIRONMENT} Better: secretFile.`).optional(),
    secretFile: text(`File whose first line is the key. ${RELATIVE}`).optional(),
  })
  .describe('Posts a JSON object to an address.');

const email = z
  .strictObject({
    host: text('SMTP server.'),
    port: z.int().min(1).max(65535).describe('Default 587; 465 with tls: implicit; 25 with tls: none.').optional(),
    tls: z
      .enum(['starttls', 'implicit', 'none'])
      .describe(
        'starttls (default): refused when the server does not offer it; implicit: TLS from the first byte; none: plain text.',
      )
      .optional(),
    caFile: text(`Certificate of the authority that signed the server’s, PEM. ${RELATIVE}`).optional(),
    user: text(`Login, when the server wants one. ${ENVIRONMENT}`).optional(),
    password: text(`Password. ${ENVIRONMENT} Better: passwordFile.`).optional(),
    passwordFile: text(`File whose first line is the password. ${RELATIVE}`).optional(),
    from: text('Sender, e.g. ezd-migrate@urzad.local.'),
    to: z.array(z.string().min(3)).min(1).describe('Recipients.'),
  })
  .describe('Sends an e-mail.');

export const NOTIFY_SPEC = z
  .strictObject({
    on: z.array(z.enum(NOTIFY_EVENTS)).min(1).describe('What is told; default failure and recovery.').optional(),
    webhook: webhook.optional(),
    email: email.optional(),
  })
  .describe('Who is told when a night fails, and when one goes well again.');

export type LogsSpec = z.infer<typeof LOGS_SPEC>;
export type NotifySpec = z.infer<typeof NOTIFY_SPEC>;
export type EmailSpec = z.infer<typeof email>;
export type WebhookSpec = z.infer<typeof webhook>;
