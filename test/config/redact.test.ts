import { describe, expect, it } from 'vitest';
import { redactConfig, redactText, secretsOf } from '../../src/config/redact.ts';
import { load, PROJECT, SERVERS } from './project.ts';

const SECRETS = {
  EZD_SOURCE_USER: 'migracja',
  EZD_SOURCE_PASSWORD: 'zródło-tajne',
  EZD_TARGET_PASSWORD: 'cel/tajny@1',
};

describe('Secrets are hidden', () => {
  it('in a config that is shown, in every spelling', async () => {
    const { config } = await load({ text: SERVERS, environment: SECRETS });
    const shown = JSON.stringify(redactConfig(config));
    for (const secret of ['zródło-tajne', 'cel/tajny@1', encodeURIComponent('cel/tajny@1')])
      expect(shown).not.toContain(secret);
    expect(shown).toContain('migracja');
    expect(shown).toContain('postgres://ezd:***@localhost:5432/ezdrp');
  });

  it('in any text that names them', async () => {
    const { config } = await load({ text: SERVERS, environment: SECRETS });
    const secrets = secretsOf(config);
    expect(redactText('login zródło-tajne failed', secrets)).toBe('login *** failed');
    expect(redactText('at cel%2Ftajny%401', secrets)).toBe('at ***');
  });

  it.each([
    ['postgres://ezd:abc@host/db?x=1', 'postgres://ezd:***@host/db?x=1'],
    ['Server=x;Password=ab c;User=y', 'Server=x;Password=*** c;User=y'],
    ['pwd="a b" rest', 'pwd=*** rest'],
    ['https://host/path and a@b.pl', 'https://host/path and a@b.pl'],
  ])('in addresses and connection texts even when unknown: %s', (text, hidden) => {
    expect(redactText(text)).toBe(hidden);
  });

  it('and a very short secret does not blot out words', async () => {
    const { config } = await load({ text: SERVERS, environment: { ...SECRETS, EZD_SOURCE_PASSWORD: 'a' } });
    expect(redactText('a table', secretsOf(config))).toBe('a table');
    expect(redactConfig(config).source).toMatchObject({ password: '***' });
  });
});

it('what notifications need to be sent is secret: password, key, and the address from its path on', async () => {
  const { config } = await load({
    text: `${PROJECT}notify: { webhook: { url: "https://chat.pl/hooks/zeton123", secret: klucz-podpisu }, email: { host: x, user: u, password: hasło-poczty, from: a@b.pl, to: [c@d.pl] } }\n`,
  });
  const shown = JSON.stringify(redactConfig(config));
  for (const secret of ['zeton123', 'klucz-podpisu', 'hasło-poczty']) expect(shown).not.toContain(secret);
  expect(redactText('POST https://chat.pl/hooks/zeton123 failed', secretsOf(config))).not.toContain('zeton123');
});
