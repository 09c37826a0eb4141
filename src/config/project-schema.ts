import { z } from 'zod';
import { EFFECTS, SEVERITIES } from '../core/finding.ts';
import { LANGUAGES } from '../core/text.ts';
import { CSV_DIALECT } from './csv-schema.ts';
import { LOGS_SPEC, METRICS_SPEC, NOTIFY_SPEC } from './unattended-schema.ts';

const text = (description: string) => z.string().min(1).describe(description);
const folder = (description: string) => text(`${description} A relative path starts at the project file.`);
const count = (description: string) => z.int().min(1).describe(description);
const port = z.int().min(1).max(65535).describe('TCP port.').optional();

const ENVIRONMENT = `Use \${NAME} to take it from the environment.`;
const password = z.string().describe(`Password. ${ENVIRONMENT} Better: passwordFile.`).optional();
const passwordFile = folder('File whose first line is the password.').optional();

/** How the legacy repository lies on disk; the shapes of `ContentLayout`. */
const layout = z
  .union([
    z.literal('flat'),
    z.strictObject({
      kind: z.literal('flat'),
      container: z.boolean().describe('false: no folder of the container above the files.').optional(),
    }),
    z.strictObject({
      kind: z.literal('digits'),
      groups: z.array(z.int().min(1)).min(1).describe('Digits of each folder: [2, 2] → 12/34/12345678.'),
      from: z.enum(['left', 'right']).describe('Which end of the identifier the folders are cut from.'),
      pad: z.int().min(1).describe('Zeros are put in front up to this length.').optional(),
      container: z.boolean().optional(),
    }),
    z.strictObject({
      kind: z.literal('date'),
      pattern: text('Folders from the creation date, with yyyy, MM and dd.'),
      container: z.boolean().optional(),
    }),
    z.strictObject({
      kind: z.literal('template'),
      template: text('Path with {container}, {id}, {name}, {ext}, {yyyy}, {MM} and {dd}.'),
    }),
  ])
  .describe('How a container lies on disk below the root.');

const sourceContents = z
  .strictObject({
    root: z
      .union([folder('Root of the legacy file repository; UNC paths work.'), z.array(z.string().min(1)).min(1)])
      .describe('Root of the legacy file repository, or several, searched in this order.'),
    layout: layout.optional(),
  })
  .describe('Where the bytes of the legacy files are.');

const targetContents = z
  .strictObject({
    root: folder('Folder in which contents are stored by their SHA-256.'),
    formats: z
      .array(z.string().regex(/^[a-z0-9]{1,16}$/, 'an extension has small letters and digits, without the dot'))
      .describe('Extensions that raise no CONTENT_FORMAT_NOT_KRI, instead of the list of KRI (docs/contents.md).')
      .optional(),
  })
  .describe('Where the bytes go.');

const csvSource = z.strictObject({
  kind: z.literal('csv').describe('A dump: one file a table (dbo.Pisma.csv or .csv.gz).'),
  folder: folder('Folder of the dump.'),
  dialect: CSV_DIALECT.describe('What is the same in all files; what is left out is found out.').optional(),
  tables: z
    .record(z.string(), CSV_DIALECT)
    .describe('What is different in single files, by table: `dbo.Pisma`.')
    .optional(),
  contents: sourceContents.optional(),
});

const mssqlSource = z.strictObject({
  kind: z.literal('mssql').describe('The legacy database on Microsoft SQL Server; only SELECT is ever sent.'),
  server: text('Host name, or host\\instance.'),
  port,
  database: text('Name of the database.'),
  user: text(`Login. ${ENVIRONMENT}`),
  password,
  passwordFile,
  domain: text('Windows domain: the login is then a domain account (NTLM).').optional(),
  encrypt: z.boolean().describe('TLS; default true.').optional(),
  trustServerCertificate: z.boolean().describe('Accept any certificate (a warning); default false.').optional(),
  caFile: folder('Certificate of the authority that signed the server’s, PEM.').optional(),
  timeouts: z
    .strictObject({
      connect: count('Seconds to wait for a connection; default 15.').optional(),
      query: count('Seconds the server may keep silent before a query is tried again; default 120.').optional(),
      lock: count('Seconds to wait for a lock before trying again; default 10.').optional(),
    })
    .optional(),
  pauseMs: z
    .int()
    .min(0)
    .describe('Milliseconds to rest between two pages, to spare a working office; default 0.')
    .optional(),
  contents: sourceContents.optional(),
});

const packageSource = z.strictObject({
  kind: z.literal('package').describe('Packages: paczka archiwalna (.tar), eADM (.zip), unpacked folders.'),
  path: folder('A package, or a folder of packages.'),
  limits: z
    .strictObject({
      totalGigabytes: count('Gigabytes that a package may unpack to; default 1024.').optional(),
      ratio: count('How many times a big file may be packed; default 200.').optional(),
    })
    .describe('Limits against packages made to harm.')
    .optional(),
});

const postgresTarget = z.strictObject({
  kind: z.literal('postgres').describe('A PostgreSQL server, version 13 to 18.'),
  url: text(`postgres://user@host:5432/database. ${ENVIRONMENT}`),
  password,
  passwordFile,
  schema: text('Schema of the new store; default ezd.').optional(),
  ledgerSchema: text('Schema of the ledger; default ezd_migrate.').optional(),
  contents: targetContents.optional(),
});

const embeddedTarget = z.strictObject({
  kind: z
    .literal('embedded')
    .describe('A PostgreSQL inside this program, in a folder: for trying out and for dry runs.'),
  folder: folder('Folder of the embedded database.'),
  schema: text('Schema of the new store; default ezd.').optional(),
  ledgerSchema: text('Schema of the ledger; default ezd_migrate.').optional(),
  contents: targetContents.optional(),
});

const codeDecision = z.strictObject({
  severity: z.enum(SEVERITIES).describe('How bad it is in this office.').optional(),
  effect: z.enum(EFFECTS).describe('load: as it is; change: repaired value; reject: kept out.').optional(),
  threshold: z.number().describe('Limit of the rule, in the unit that docs/rules.md names.').optional(),
  off: text('Switches the code off. The reason is shown in every report.').optional(),
  reason: text(
    'Why the office decided so, or accepts findings of this code; shown in reports and in the protocol.',
  ).optional(),
});

const date = z.string().regex(/^\d{4}-\d{2}-\d{2}$/, 'a date looks like 2026-03-01');

/** The project file `ezd-migrate.yaml` as it is written. */
export const PROJECT_SPEC = z
  .strictObject({
    office: text(
      'Name of the installation. It is part of every computed id: never change it once something is loaded.',
    ),
    language: z.enum(LANGUAGES).describe('Language of messages and reports; default pl.').optional(),
    timezone: text('IANA zone of the legacy local times; default Europe/Warsaw.').optional(),
    source: z.discriminatedUnion('kind', [csvSource, mssqlSource, packageSource]).describe('Where records come from.'),
    target: z.discriminatedUnion('kind', [postgresTarget, embeddedTarget]).describe('Where records go.'),
    mappings: folder(
      'Folder of mappings, or the name of a bundle that comes with the program; default ezd-puw, for packages paczka.',
    ).optional(),
    units: z.array(z.string().min(1)).min(1).describe('Symbols of the units in scope; default all.').optional(),
    batchRows: count('Rows that are committed together; default 20000.').optional(),
    batchMegabytes: count('Megabytes that are committed together at most; default 32.').optional(),
    jobs: count('Partitions and worker threads side by side; default: processors, at most 4.').optional(),
    logs: LOGS_SPEC.optional(),
    metrics: METRICS_SPEC.optional(),
    notify: NOTIFY_SPEC.optional(),
    reports: folder('Folder of reports; default reports.').optional(),
    corrections: folder('Folder of corrections (docs/corrections.md); default corrections.').optional(),
    strict: z.boolean().describe('Every error keeps its record out; default false.').optional(),
    rules: z
      .record(z.string().regex(/^[A-Z][A-Z0-9_]*$/, 'a code looks like PESEL_CHECKSUM'), codeDecision)
      .describe('What this office decided about single codes (docs/rules.md).')
      .optional(),
    sync: z
      .strictObject({
        changes: z
          .union([
            z.literal(['compare', 'changeTracking']),
            z.strictObject({ rowversion: text('Column of the type rowversion that tables have.') }),
            z.strictObject({ updatedAt: text('Column with the time of the last change.') }),
          ])
          .describe('How changes are found for entities whose mapping says `compare` or nothing; default `compare`.')
          .optional(),
        rejected: z
          .enum(['keep', 'remove'])
          .describe(
            'What becomes of a loaded record that is rejected today, where the mapping says nothing; default `keep`.',
          )
          .optional(),
        conflicts: z
          .enum(['keep', 'overwrite'])
          .describe('What becomes of records changed in the target by hand; default `keep`.')
          .optional(),
        deletesEvery: z
          .int()
          .min(0)
          .describe(
            'Days after which keys are compared to find deleted rows that the strategy does not see; default 7, 0: every time.',
          )
          .optional(),
        fullEvery: z.int().min(1).describe('Days after which everything is compared again; default never.').optional(),
        removeAtMost: z
          .number()
          .min(0)
          .max(100)
          .describe(
            'Percent of an entity that a sync may remove without `--allow-deletes`; default 1, but never fewer than 20 records.',
          )
          .optional(),
      })
      .describe('How `sync` follows the legacy system.')
      .optional(),
    waves: z
      .array(
        z.strictObject({
          units: z.array(z.string().min(1)).min(1).describe('Units that go live in the new system together.'),
          since: date.describe('Day from which they work there, e.g. 2026-03-01.'),
        }),
      )
      .describe('Units that have gone live: later changes in the legacy system are findings, not loads.')
      .optional(),
  })
  .meta({ title: 'Project file of ezd-migrate' });

export type ProjectSpec = z.infer<typeof PROJECT_SPEC>;
export type SourceSpec = ProjectSpec['source'];
export type TargetSpec = ProjectSpec['target'];
