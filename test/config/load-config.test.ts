import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { loadConfig } from '../../src/config/load-config.ts';
import { load, PROJECT, projectFolder, refuse, SERVERS } from './project.ts';

const SECRET = { 'source-password': 'tajne hasło\nsecond line\n' };
const USER = { EZD_SOURCE_USER: 'migracja' };

describe('A project file becomes one frozen config', () => {
  it('with defaults where it says nothing and paths that start at the file', async () => {
    const { config, warnings } = await load({ text: PROJECT, flags: { language: undefined } });
    expect(config).toMatchObject({ office: 'UM-PRZYKLADOWO', language: 'pl', timezone: 'Europe/Warsaw' });
    expect(config).toMatchObject({ units: null, batchRows: 20_000, strict: false, rules: {}, waves: [] });
    expect(config.source).toMatchObject({ kind: 'csv', folder: join(config.folder, 'zrzut') });
    expect(config.target).toMatchObject({ kind: 'embedded', schema: 'ezd', ledgerSchema: 'ezd_migrate' });
    expect(config.logs).toEqual({
      folder: join(config.folder, 'logs'),
      level: 'info',
      maxBytes: 50 * 1024 * 1024,
      keepDays: 90,
    });
    expect(warnings).toEqual([]);
  });

  it('with the usual folder of corrections, which need not be there, or the one it names, which must', async () => {
    const { config } = await load({ text: PROJECT });
    expect(config.corrections).toBe(join(config.folder, 'corrections'));
    const { problems } = await refuse({ text: `${PROJECT}corrections: nowhere\n` });
    expect(problems.map(({ code }) => code)).toEqual(['noCorrections']);
  });

  it('that nobody can change', async () => {
    const { config } = await load({ text: `${PROJECT}units: [WO, WGK]\n` });
    expect(Object.isFrozen(config.source) && Object.isFrozen(config.units)).toBe(true);
  });

  it('with flags over environment over file over defaults', async () => {
    const text = `${PROJECT}batchRows: 1000\njobs: 1\nlanguage: en\nunits: [WO]\n`;
    const environment = { EZD_BATCH_ROWS: '2000', EZD_JOBS: '2', EZD_LANGUAGE: 'pl' };
    const file = await load({ text, flags: { language: undefined } });
    expect(file.config).toMatchObject({ batchRows: 1000, jobs: 1, language: 'en', units: ['WO'] });
    const env = await load({ text, environment, flags: { language: undefined } });
    expect(env.config).toMatchObject({ batchRows: 2000, jobs: 2, language: 'pl' });
    const flags = { batchRows: 3000, jobs: 3, language: 'en' as const, units: ['WGK'] };
    expect((await load({ text, environment, flags })).config).toMatchObject(flags);
  });

  it('with variables of the environment put in, and defaults where they are not set', async () => {
    const { config } = await load({ text: SERVERS, environment: USER, files: SECRET });
    expect(config.source).toMatchObject({ kind: 'mssql', user: 'migracja', encrypt: true, port: null });
    expect(config.target).toMatchObject({ url: 'postgres://ezd@localhost:5432/ezdrp' });
  });

  it('with the first line of the password file, which the environment beats', async () => {
    const file = await load({ text: SERVERS, environment: USER, files: SECRET });
    expect(file.config.source).toMatchObject({ password: 'tajne hasło' });
    const environment = { ...USER, EZD_SOURCE_PASSWORD: 'x', EZD_TARGET_PASSWORD: 'a/b@c' };
    const { config } = await load({ text: SERVERS, environment, files: SECRET });
    expect(config.source).toMatchObject({ password: 'x' });
    expect(config.target).toMatchObject({ url: 'postgres://ezd:a%2Fb%40c@localhost:5432/ezdrp' });
  });

  it('with Windows and UNC paths left as they are', async () => {
    const text = PROJECT.replace('folder: zrzut', "folder: 'D:\\zrzut'\n  contents: { root: '\\\\pliki\\ezd' }");
    const { config } = await load({ text });
    expect(config.source).toMatchObject({ folder: 'D:\\zrzut', contents: { roots: ['\\\\pliki\\ezd'] } });
  });

  it('from the file that --config or EZD_CONFIG names', async () => {
    const cwd = await projectFolder({ 'inny.yaml': PROJECT });
    for (const [flags, environment] of [
      [{ config: 'inny.yaml' }, {}],
      [{}, { EZD_CONFIG: 'inny.yaml' }],
    ] as const) {
      expect(loadConfig({ cwd, environment, flags }).config.file).toBe(join(cwd, 'inny.yaml'));
    }
  });
});

describe('A wrong project file is refused', () => {
  it('with all problems at once, each with its place and the nearest word', async () => {
    const text = `${PROJECT.replace('embedded', 'embeded')}lanuage: pl\nbatchRows: -1\nrules:\n  PESEL_CHECKSUM: { effect: rejct }\n`;
    const { code, problems } = await refuse({ text });
    expect(code).toBe('CONFIG');
    expect(problems.map(({ code, at }) => [code, at?.line])).toEqual(
      expect.arrayContaining([
        ['unknownKey', 8],
        ['notAllowed', 6],
        ['notAllowed', 11],
      ]),
    );
    const hints = problems.map(({ hint }) => hint ?? '').join('\n');
    expect(hints).toContain('"language"');
    expect(hints).toContain('"embedded"');
    expect(hints).toContain('"reject"');
    expect(problems.some(({ code, at }) => code === 'tooSmall' && at?.line === 9)).toBe(true);
  });

  it('when a variable is not set, at the variable itself', async () => {
    const { problems } = await refuse({ text: SERVERS, files: SECRET });
    expect(problems).toMatchObject([{ code: 'noVariable', at: { line: 6, column: 9, length: 18 } }]);
    expect(problems[0]?.hint).toContain('${EZD_SOURCE_USER:-'.slice(0, 17));
  });

  it('when the password file cannot be read', async () => {
    const { problems } = await refuse({ text: SERVERS, environment: USER });
    expect(problems).toMatchObject([{ code: 'noPasswordFile', at: { line: 7 } }]);
  });

  it('when it is not there, empty or no YAML', async () => {
    const cwd = await projectFolder({});
    expect(() => loadConfig({ cwd, environment: {}, flags: { language: 'en' } })).toThrow(/there is no project file/);
    expect((await refuse({ text: '\n' })).message).toContain('empty');
    expect((await refuse({ text: 'office: [' })).problems[0]?.code).toBe('yamlSyntax');
  });

  it('for a time zone, an address, a wave and a rule that mean nothing', async () => {
    const text = `${PROJECT}timezone: Europe/Warszawa
rules: { PESEL_CHECKSUM: {} }
waves:
  - { units: [WO], since: 2026-03-01 }
  - { units: [WO], since: 2026-09-01 }
`;
    const { problems } = await refuse({ text });
    expect(problems.map(({ code }) => code).sort()).toEqual(['badTimezone', 'nothingDecided', 'waveTwice']);
    const url = PROJECT.replace('kind: embedded\n  folder: store', 'kind: postgres\n  url: localhost:5432');
    expect((await refuse({ text: url })).problems).toMatchObject([{ code: 'badUrl' }]);
  });

  it('for numbers of the environment that are none', async () => {
    const { problems } = await refuse({ text: PROJECT, environment: { EZD_JOBS: 'many' } });
    expect(problems).toMatchObject([{ code: 'badNumber' }]);
  });

  it('for mappings that are nowhere', async () => {
    const { problems } = await refuse({ text: `${PROJECT}mappings: nie-ma\n` });
    expect(problems).toMatchObject([{ code: 'noMappings', at: { line: 8 } }]);
  });

  it('in Polish, when it says so itself', async () => {
    const { message } = await refuse({ text: `${PROJECT}language: pl\nx: 1\n`, flags: { language: undefined } });
    expect(message).toContain('plik projektu');
  });
});

describe('What is allowed but unwise is a warning', () => {
  it.each([
    ['source.password', SERVERS.replace('passwordFile: source-password', 'password: tajne123'), 'plainSecret'],
    [
      'target.url',
      SERVERS.replace('${EZD_URL:-postgres://ezd@', 'postgres://ezd:tajne123@').replace('}\n', '\n'),
      'plainSecret',
    ],
    ['encrypt', SERVERS.replace('database:', 'encrypt: false\n  database:'), 'notEncrypted'],
    ['certificate', SERVERS.replace('database:', 'trustServerCertificate: true\n  database:'), 'anyCertificate'],
  ])('%s', async (_title, text, code) => {
    const { warnings } = await load({ text, environment: { ...USER, EZD_URL: 'postgres://a@b/c' }, files: SECRET });
    expect(warnings).toMatchObject([{ code, severity: 'warning' }]);
    expect(JSON.stringify(warnings)).not.toContain('tajne123');
  });

  it('and a password from the environment is none', async () => {
    const text = SERVERS.replace('passwordFile: source-password', `password: \${HASLO}`);
    const { warnings } = await load({ text, environment: { ...USER, HASLO: 'tajne123' } });
    expect(warnings).toEqual([]);
  });
});

describe('What is said about logs, metrics and notifications', () => {
  const NOTIFY = `${PROJECT}logs: { folder: dziennik, level: debug, maxMegabytes: 5, keepDays: 7 }
metrics: { file: /var/lib/prometheus/ezd.prom }
notify:
  on: [failure]
  webhook: { url: '\${HOOK}', secretFile: hook-secret }
  email: { host: smtp.urzad.local, user: ezd, passwordFile: mail-password, from: ezd@urzad.local, to: [it@urzad.local] }
`;
  const FILES = { 'hook-secret': 'klucz-podpisu\n', 'mail-password': 'hasło-poczty\n' };
  const environment = { HOOK: 'https://chat.urzad.local/hooks/zeton123' };

  it('is resolved with defaults, secrets read from files', async () => {
    const { config, warnings } = await load({ text: NOTIFY, environment, files: FILES });
    expect(warnings).toEqual([]);
    expect(config.logs).toMatchObject({ folder: join(config.folder, 'dziennik'), level: 'debug', keepDays: 7 });
    expect(config.metrics).toBe('/var/lib/prometheus/ezd.prom');
    expect(config.notify).toMatchObject({
      on: ['failure'],
      webhook: { url: environment.HOOK, secret: 'klucz-podpisu' },
      email: { port: 587, tls: 'starttls', login: { user: 'ezd', password: 'hasło-poczty' } },
    });
    expect(config.secretFiles).toEqual([join(config.folder, 'mail-password'), join(config.folder, 'hook-secret')]);
  });

  it('is nothing without the keys: metrics beside the logs, nobody told', async () => {
    const { config } = await load({ text: PROJECT });
    expect(config.metrics).toBe(join(config.folder, 'logs', 'metrics.prom'));
    expect(config.notify).toMatchObject({ webhook: null, email: null });
  });

  it.each([
    ['a misspelt key', 'notify: { webhok: { url: "https://x.pl/" } }', 'did you mean "webhook"?'],
    ['a misspelt event', 'notify: { on: [failur], webhook: { url: "https://x.pl/" } }', 'failure'],
    ['a misspelt key of logs', 'logs: { levl: info }', 'did you mean "level"?'],
    ['an address that is none', 'notify: { webhook: { url: "chat.urzad" } }', 'https://'],
    ['a recipient that is none', 'notify: { email: { host: x, from: a@b.pl, to: [biuro] } }', 'no e-mail address'],
    ['a login without password', 'notify: { email: { host: x, user: u, from: a@b.pl, to: [c@d.pl] } }', 'no password'],
  ])('is refused for %s', async (_what, text, said) => {
    const error = await refuse({ text: `${PROJECT}${text}\n` });
    expect(JSON.stringify(error.problems)).toContain(said.replaceAll('"', '\\"'));
  });

  it('is warned about where a secret or plain text could be seen', async () => {
    const text = `${PROJECT}notify: { webhook: { url: "http://x.pl/", secret: jawny }, email: { host: x.pl, tls: none, from: a@b.pl, to: [c@d.pl] } }\n`;
    const { warnings } = await load({ text });
    expect(warnings.map(({ code }) => code).sort()).toEqual(['mailPlain', 'plainSecret', 'webhookPlain']);
    expect(JSON.stringify(warnings)).not.toContain('jawny"');
  });
});
