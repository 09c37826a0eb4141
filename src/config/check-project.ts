import type { Problem } from '../core/errors.ts';
import { fill } from '../core/text.ts';
import { checkNotify } from './check-notify.ts';
import { CONFIG_TEXTS } from './config-texts.ts';
import { at, isPlain, type Project } from './project-problem.ts';

/** What no schema can say: what the parts of a project file mean together, and what is allowed but unwise. */
export function checkProject(project: Project): readonly Problem[] {
  return [
    ...secrets(project),
    ...transport(project),
    ...zone(project),
    ...rules(project),
    ...waves(project),
    ...checkNotify(project),
  ];
}

function secrets({ spec, written, yaml, language }: Project): readonly Problem[] {
  const problems: Problem[] = [];
  for (const side of ['source', 'target'] as const) {
    const part = spec[side];
    if ('password' in part && part.password !== undefined && 'passwordFile' in part && part.passwordFile !== undefined)
      problems.push(at('twoPasswords', 'error', [side, 'passwordFile'], yaml, language));
    if (isPlain(textAt(written, side, 'password')))
      problems.push(at('plainSecret', 'warning', [side, 'password'], yaml, language, 'plainSecretHint'));
  }
  const url = textAt(written, 'target', 'url') ?? '';
  if (isPlain(/^\w+:\/\/[^\s:/@]*:([^\s@/]+)@/.exec(url)?.[1]))
    problems.push(at('plainSecret', 'warning', ['target', 'url'], yaml, language, 'plainSecretHint'));
  return problems;
}

function textAt(written: unknown, side: string, key: string): string | undefined {
  const part = (written as Readonly<Record<string, unknown>>)[side];
  const value = (part as Readonly<Record<string, unknown>> | undefined)?.[key];
  return typeof value === 'string' ? value : undefined;
}

function transport({ spec: { source }, yaml, language }: Project): readonly Problem[] {
  if (source.kind !== 'mssql') return [];
  const problems: Problem[] = [];
  if (source.encrypt === false) problems.push(at('notEncrypted', 'warning', ['source', 'encrypt'], yaml, language));
  if (source.trustServerCertificate === true && source.encrypt !== false) {
    const path = ['source', 'trustServerCertificate'];
    problems.push(at('anyCertificate', 'warning', path, yaml, language, 'anyCertificateHint'));
  }
  return problems;
}

function zone({ spec: { timezone }, yaml, language }: Project): readonly Problem[] {
  if (timezone === undefined || isZone(timezone)) return [];
  const message = fill(CONFIG_TEXTS.badTimezone[language], { zone: timezone });
  return [{ code: 'badTimezone', message, hint: CONFIG_TEXTS.badTimezoneHint[language], at: yaml.at(['timezone']) }];
}

function isZone(name: string): boolean {
  try {
    return new Intl.DateTimeFormat('en', { timeZone: name }).resolvedOptions().timeZone !== '';
  } catch {
    return false;
  }
}

function rules({ spec, yaml, language }: Project): readonly Problem[] {
  return Object.entries(spec.rules ?? {})
    .filter(([, decision]) => Object.keys(decision).length === 0)
    .map(([code]) => ({
      code: 'nothingDecided',
      message: fill(CONFIG_TEXTS.nothingDecided[language], { code }),
      at: yaml.at(['rules', code], 'key'),
    }));
}

function waves({ spec, yaml, language }: Project): readonly Problem[] {
  const seen = new Set<string>();
  return (spec.waves ?? []).flatMap((wave, index) =>
    wave.units.flatMap((unit, place) => {
      if (!seen.has(unit)) {
        seen.add(unit);
        return [];
      }
      const message = fill(CONFIG_TEXTS.waveTwice[language], { unit });
      return [{ code: 'waveTwice', message, at: yaml.at(['waves', index, 'units', place]) }];
    }),
  );
}
