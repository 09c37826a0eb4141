import type { CodeEntry } from '../core/code-entry.ts';
import { didYouMean } from '../core/did-you-mean.ts';
import type { CodeDecision } from '../core/policy.ts';
import type { Bilingual } from '../core/signatures.ts';
import { CODES } from './catalogue.ts';
import { similarCodes } from './explain.ts';

/** Something about an office's decision that cannot be. */
export interface DecisionProblem {
  readonly code: string;
  readonly message: Bilingual;
  readonly hint: Bilingual;
}

/**
 * What is wrong with an office's decisions (`rules:` of the project file); empty when all can be done. `own`: codes of expression rules
 * in its mappings.
 */
export function checkDecisions(
  decisions: Readonly<Record<string, CodeDecision>>,
  own: readonly string[] = [],
): readonly DecisionProblem[] {
  return Object.entries(decisions).flatMap(([code, decision]) => {
    if (own.includes(code)) return [];
    const entry = CODES.get(code);
    return entry === undefined ? [unknown(code)] : problemsOf(entry, decision);
  });
}

function unknown(code: string): DecisionProblem {
  const meant = didYouMean(code, [...CODES.keys()]);
  const near = meant ?? similarCodes(code, 3).join(', ');
  return {
    code,
    message: { pl: `Nie ma kodu ${code}.`, en: `There is no code ${code}.` },
    hint:
      near === ''
        ? { pl: 'Kody wypisuje polecenie rules.', en: 'The command rules lists the codes.' }
        : { pl: `Może: ${near}?`, en: `Did you mean ${near}?` },
  };
}

function problemsOf(entry: CodeEntry, decision: CodeDecision): DecisionProblem[] {
  const { code } = entry;
  const problems: DecisionProblem[] = [];
  if (decision.off !== undefined && decision.off.trim() === '') {
    problems.push({
      code,
      message: { pl: `${code} wyłączono bez powodu.`, en: `${code} is switched off without a reason.` },
      hint: { pl: 'Napisz powód: zobaczy go każdy raport.', en: 'Write the reason: every report shows it.' },
    });
  }
  if (entry.fixed === true && (decision.off !== undefined || decision.effect !== undefined)) {
    problems.push({
      code,
      message: {
        pl: `Skutku ${code} nie można zmienić ani go wyłączyć: wynika z tego, co nowy system może przyjąć.`,
        en: `The effect of ${code} cannot be changed or switched off: it follows from what the new system can hold.`,
      },
      hint: { pl: 'Można zmienić jego wagę (severity).', en: 'Its severity can be changed.' },
    });
  } else problems.push(...effectProblems(entry, decision));
  if (decision.threshold !== undefined && entry.threshold === undefined) {
    problems.push({
      code,
      message: { pl: `${code} nie ma progu.`, en: `${code} has no threshold.` },
      hint: { pl: 'Progi wymienia docs/rules.md.', en: 'docs/rules.md lists the thresholds.' },
    });
  }
  return problems;
}

function effectProblems({ code, origin, repairs }: CodeEntry, { effect }: CodeDecision): DecisionProblem[] {
  if (effect === 'change' && repairs !== true) {
    return [
      {
        code,
        message: { pl: `${code} nie ma czego naprawić.`, en: `${code} has nothing that it could repair.` },
        hint: { pl: 'Użyj load albo reject.', en: 'Use load or reject.' },
      },
    ];
  }
  if (effect === 'reject' && origin !== 'record') {
    return [
      {
        code,
        message: {
          pl: `${code} powstaje po wczytaniu i nie może już rekordu zatrzymać.`,
          en: `${code} is raised after loading and cannot keep a record out any more.`,
        },
        hint: {
          pl: 'Podnieś wagę na error: wynik sprawdzenia będzie wtedy zły.',
          en: 'Make it an error: the check then fails.',
        },
      },
    ];
  }
  return [];
}
