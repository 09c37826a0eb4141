import type { Config } from './config.ts';

/** What stands where a secret was. */
export const HIDDEN = '***';

/** Shorter secrets are hidden only where they stand as one (addresses, `password=`): elsewhere they would blot out ordinary words. */
const SHORTEST = 4;

/** The secrets of a config, in the forms in which they could appear in a text. */
export function secretsOf(
  config: Pick<Config, 'source' | 'target'> & Partial<Pick<Config, 'notify'>>,
): readonly string[] {
  const { source, target, notify } = config;
  const secrets: string[] = [];
  if (source.kind === 'mssql') secrets.push(source.password);
  if (target.kind === 'postgres') secrets.push(...passwordsOf(target.url));
  if (notify?.email?.login) secrets.push(notify.email.login.password);
  if (notify?.webhook) secrets.push(...secretsOfWebhook(notify.webhook));
  const forms = secrets.flatMap((secret) => [secret, encodeURIComponent(secret)]);
  return [...new Set(forms)].filter((secret) => secret.length >= SHORTEST).sort((a, b) => b.length - a.length);
}

/** A text without the given secrets and without the password of any address in it (`postgres://user:***@host`). */
export function redactText(text: string, secrets: readonly string[] = []): string {
  const known = secrets.reduce((left, secret) => left.replaceAll(secret, HIDDEN), text);
  return known
    .replace(/([a-z][a-z0-9+.-]*:\/\/[^\s:/@]*:)[^\s@/]+(?=@)/gi, `$1${HIDDEN}`)
    .replace(/\b(password|pwd)=("[^"]*"|'[^']*'|[^\s;&]+)/gi, `$1=${HIDDEN}`);
}

/** A config that may be shown: the same, secrets hidden. */
export function redactConfig(config: Config): Config {
  const secrets = secretsOf(config);
  return JSON.parse(JSON.stringify(config), (key, value: unknown) => {
    if ((key === 'password' || key === 'secret') && typeof value === 'string') return HIDDEN;
    return typeof value === 'string' ? redactText(value, secrets) : value;
  });
}

/** The address of a webhook is a secret from its path on: who knows it may post. */
function secretsOfWebhook({ url, secret }: NonNullable<Config['notify']['webhook']>): string[] {
  const path = URL.canParse(url) ? url.slice(new URL(url).origin.length + 1) : url;
  // A short path (`hook`) is a word and no token.
  return [url, ...(path.length < 8 ? [] : [path]), ...(secret === null ? [] : [secret])];
}

function passwordsOf(url: string): string[] {
  if (!URL.canParse(url)) return [];
  const parsed = new URL(url);
  const given = [parsed.password, parsed.searchParams.get('password') ?? ''].filter((password) => password !== '');
  return given.flatMap((password) => [password, decode(password)]);
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
