import type { Language } from '../core/text.ts';

export const PROJECT_SOURCES = ['csv', 'mssql', 'package'] as const;
export type ProjectSource = (typeof PROJECT_SOURCES)[number];

export interface ProjectChoice {
  readonly office: string;
  readonly source: ProjectSource;
  readonly target: 'embedded' | 'postgres';
  /** Folder of the dump (`csv`) or of the packages (`package`); without it `dump` or `paczki`. */
  readonly dump?: string;
}

/** A commented project file in one language. */
export function projectTemplate(choice: ProjectChoice, language: Language): string {
  const say = (pl: string, en: string): string => (language === 'pl' ? pl : en);
  const head = [
    `# ${say('Projekt migracji z EZD PUW do EZD RP', 'Project of a migration from EZD PUW to EZD RP')} (ezd-migrate)`,
    `# ${say(`Wartości ze środowiska: \${NAZWA} albo \${NAZWA:-domyślna}.`, `Values from the environment: \${NAME} or \${NAME:-default}.`)}`,
    '',
    `# ${say('Nazwa urzędu wchodzi w skład każdego identyfikatora: po pierwszym wczytaniu nie zmieniaj jej.', 'The name of the office is part of every id: do not change it after the first load.')}`,
    `office: ${JSON.stringify(choice.office)}`,
    `language: ${language}  # pl | en`,
    `timezone: Europe/Warsaw  # ${say('strefa dat w starym systemie', 'zone of the legacy dates')}`,
    '',
  ];
  const source = sourceOf(choice, say);
  const contents = targetContents(choice.source === 'package', say);
  const target = [...(choice.target === 'embedded' ? embeddedTarget(say) : postgresTarget(say)), ...contents];
  const rest = [
    '',
    `# ${say('Mapowania: zestaw z programu albo własny folder, który go rozszerza.', 'Mappings: a bundle of the program, or a folder of your own that extends it.')}`,
    `mappings: ${choice.source === 'package' ? 'paczka' : 'ezd-puw'}`,
    '',
    `# ${say('Jednostki w zakresie (symbole); bez tego wszystkie.', 'Units in scope (symbols); all without it.')}`,
    '# units: [WO, WGK]',
    '',
    `# ${say('Wiersze w jednej transakcji; wątki i partycje naraz.', 'Rows in one transaction; threads and partitions side by side.')}`,
    '# batchRows: 20000',
    '# jobs: 2',
    '',
    `# ${say('Korekty wartości ze starego systemu (docs/corrections.md); bez tego folder corrections.', 'Corrections of legacy values (docs/corrections.md); the folder corrections without it.')}`,
    '# corrections: corrections',
    '',
    `# ${say('Noce bez nadzoru (docs/operations.md): dziennik, liczby dla Prometheusa, komu powiedzieć o niepowodzeniu.', 'Unattended nights (docs/operations.md): log, numbers for Prometheus, who is told of a failure.')}`,
    '# logs: { folder: logs, level: info, maxMegabytes: 50, keepDays: 90 }',
    '# metrics: { file: logs/metrics.prom }',
    '# notify:',
    '#   email: { host: smtp.urzad.local, from: ezd-migrate@urzad.example, to: [it@urzad.example] }',
    '',
    `# ${say('Decyzje urzędu o pojedynczych regułach (docs/rules.md).', 'What the office decides about single rules (docs/rules.md).')}`,
    '# rules:',
    '#   PESEL_CHECKSUM: { severity: warning }',
    `#   TITLE_ONE_WORD: { off: ${JSON.stringify(say('uzgodniono z archiwistą 2026-01-15', 'agreed with the archivist on 2026-01-15'))} }`,
    '',
  ];
  return [...head, ...source, ...target, ...rest].join('\n');
}

type Say = (pl: string, en: string) => string;

function sourceOf({ source, dump }: ProjectChoice, say: Say): string[] {
  switch (source) {
    case 'csv':
      return csvSource(dump ?? 'dump', say);
    case 'mssql':
      return mssqlSource(say);
    case 'package':
      return packageSource(dump ?? 'paczki', say);
  }
}

const csvSource = (dump: string, say: Say): string[] => [
  'source:',
  `  kind: csv  # ${say('zrzut: jeden plik na tabelę, np. dbo.Pisma.csv albo .csv.gz', 'a dump: one file a table, e.g. dbo.Pisma.csv or .csv.gz')}`,
  `  folder: ${yamlText(dump)}`,
  `  # ${say('Kodowanie, separator, cudzysłów i znak NULL są rozpoznawane (ezd-migrate check je pokazuje);', 'Encoding, delimiter, quotes and NULL marker are found out (ezd-migrate check shows them);')}`,
  `  # ${say('tu można je ustalić na stałe:', 'here they can be fixed:')}`,
  '  # dialect: { encoding: windows-1250, delimiter: ";", nullMarker: "NULL" }',
  ...sourceContents(say),
];

const mssqlSource = (say: Say): string[] => [
  'source:',
  `  kind: mssql  # ${say('żywa baza EZD PUW; wysyłane są tylko zapytania SELECT', 'the living database of EZD PUW; only SELECT is ever sent')}`,
  '  server: ezd-sql.urzad.local',
  '  database: EZD_PROD',
  `  user: \${EZD_SOURCE_USER}`,
  '  passwordFile: secrets/source-password',
  '  encrypt: true',
  ...sourceContents(say),
];

const packageSource = (path: string, say: Say): string[] => [
  'source:',
  `  kind: package  # ${say('paczki archiwalne i eADM (docs/sources/package.md); treści są w nich', 'archival packages and eADM (docs/sources/package.md); contents lie in them')}`,
  `  path: ${yamlText(path)}  # ${say('jedna paczka albo folder paczek', 'one package, or a folder of packages')}`,
  `  # ${say('Granice przeciw bombom ZIP; podnieś, gdy prawdziwa paczka jest odrzucana:', 'Limits against ZIP bombs; raise them when a true package is refused:')}`,
  '  # limits: { ratio: 200, totalGigabytes: 1024 }',
];

const embeddedTarget = (say: Say): string[] => [
  'target:',
  `  kind: embedded  # ${say('PostgreSQL wewnątrz programu, do prób; do pracy: postgres', 'PostgreSQL inside the program, for trying out; for real: postgres')}`,
  '  folder: store',
];

const postgresTarget = (say: Say): string[] => [
  'target:',
  `  kind: postgres  # ${say('PostgreSQL 13–18', 'PostgreSQL 13 to 18')}`,
  `  url: \${EZD_TARGET_URL:-postgres://ezd@localhost:5432/ezdrp}`,
  '  passwordFile: secrets/target-password',
];

const sourceContents = (say: Say): string[] => [
  `  # ${say('Repozytorium plików starego systemu (docs/contents.md); bez tego treści się nie kopiują.', 'File repository of the legacy system (docs/contents.md); without it no contents are copied.')}`,
  "  # contents: { root: '\\\\ezd-files\\repozytorium', layout: flat }",
];

/** Packages carry their contents, so these are copied unless the office says no; of the others it first has to say where the files lie. */
const targetContents = (copied: boolean, say: Say): string[] => [
  `  # ${say('Magazyn treści: każdy plik pod swoim skrótem SHA-256.', 'Content store: every file under its SHA-256.')}`,
  `  ${copied ? '' : '# '}contents: { root: contents }`,
];

/** Single quotes keep the backslashes of a Windows path. */
const yamlText = (text: string): string => (/^[\w./-]+$/.test(text) ? text : `'${text.replaceAll("'", "''")}'`);
