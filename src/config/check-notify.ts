import type { Problem } from '../core/errors.ts';
import { at, isPlain, type Project } from './project-problem.ts';

/** What no schema can say about `notify`. */
export function checkNotify(project: Project): readonly Problem[] {
  const { spec, yaml, language } = project;
  const { notify } = spec;
  if (notify === undefined) return [];
  if (notify.webhook === undefined && notify.email === undefined)
    return [at('notifyNobody', 'warning', ['notify'], yaml, language)];
  return [...webhookProblems(project), ...emailProblems(project)];
}

function webhookProblems({ spec, written, yaml, language }: Project): readonly Problem[] {
  const webhook = spec.notify?.webhook;
  if (webhook === undefined) return [];
  const problems: Problem[] = [];
  const place = ['notify', 'webhook'];
  const url = URL.canParse(webhook.url) ? new URL(webhook.url) : null;
  if (url === null || !/^https?:$/.test(url.protocol))
    problems.push(at('webhookUrl', 'error', [...place, 'url'], yaml, language));
  else if (url.protocol === 'http:' && !isLocal(url.hostname))
    problems.push(at('webhookPlain', 'warning', [...place, 'url'], yaml, language));
  if (webhook.secret !== undefined && webhook.secretFile !== undefined)
    problems.push(at('twoPasswords', 'error', [...place, 'secretFile'], yaml, language));
  if (isPlain(textIn(written, 'webhook', 'secret')))
    problems.push(at('plainSecret', 'warning', [...place, 'secret'], yaml, language, 'plainSecretHint'));
  return problems;
}

function emailProblems({ spec, written, yaml, language }: Project): readonly Problem[] {
  const email = spec.notify?.email;
  if (email === undefined) return [];
  const problems: Problem[] = [];
  const place = ['notify', 'email'];
  if (email.tls === 'none' && !isLocal(email.host))
    problems.push(at('mailPlain', 'warning', [...place, 'tls'], yaml, language));
  if (email.password !== undefined && email.passwordFile !== undefined)
    problems.push(at('twoPasswords', 'error', [...place, 'passwordFile'], yaml, language));
  if (email.user !== undefined && email.password === undefined && email.passwordFile === undefined)
    problems.push(at('mailNoPassword', 'error', [...place, 'user'], yaml, language));
  if (isPlain(textIn(written, 'email', 'password')))
    problems.push(at('plainSecret', 'warning', [...place, 'password'], yaml, language, 'plainSecretHint'));
  for (const [i, address] of email.to.entries())
    if (!isAddress(address)) problems.push(at('mailAddress', 'error', [...place, 'to', i], yaml, language));
  if (!isAddress(email.from)) problems.push(at('mailAddress', 'error', [...place, 'from'], yaml, language));
  return problems;
}

const isLocal = (host: string): boolean => /^(localhost|127\.\d+\.\d+\.\d+|\[?::1\]?)$/.test(host);

/** Close enough to catch a slip: something, an at sign, a host; a name may stand before it. */
const isAddress = (text: string): boolean => /^[^@\r\n]*[^@\s<]@[^@\s>]+>?$/.test(text);

function textIn(written: unknown, part: 'webhook' | 'email', key: string): string | undefined {
  const notify = (written as { notify?: Readonly<Record<string, Readonly<Record<string, unknown>>>> }).notify;
  const value = notify?.[part]?.[key];
  return typeof value === 'string' ? value : undefined;
}
