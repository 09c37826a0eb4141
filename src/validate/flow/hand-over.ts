import { entries } from '../entries.ts';
import { type Rule, textOf } from '../rule.ts';

const codes = entries(
  { area: 'flow', origin: 'record', effect: 'load' },
  {
    HANDOVER_RECIPIENT_MISSING: [
      'error',
      [
        'Dekretacja nie ma odbiorcy (ani osoby, ani stanowiska).',
        'A hand-over has no recipient (neither person nor post).',
      ],
      [
        'Ustal odbiorcę z następnej dekretacji lub z posiadacza koszulki.',
        'Find the recipient from the next hand-over or from the holder of the folder.',
      ],
    ],
    HANDOVER_TO_SELF: [
      'warning',
      ['Odbiorca dekretacji jest jej autorem.', 'The recipient of the hand-over is its author.'],
      [
        'Zwykle nic nie trzeba robić; bywa to ślad po zmianie stanowiska.',
        'Usually nothing to do; often the trace of a change of post.',
      ],
    ],
  },
);

/** A stage of the flow: who gave the folder to whom. */
export const handOver: Rule = {
  name: 'dekretacja',
  doc: {
    pl: 'Dekretacja: jest odbiorca (wakat też nim jest) i nie jest nim autor.',
    en: 'Hand-over: there is a recipient (a vacant post is one) and it is not the author.',
  },
  columns: {
    typ: { default: 'typ_kod', optional: true, takes: 'integer' },
    od: { default: 'id_pracownik_zrodlowy', optional: true, takes: 'key' },
    do: { default: 'id_pracownik_docelowy', takes: 'key' },
    stanowisko: { default: 'id_stanowisko_docelowe', optional: true, takes: 'key' },
  },
  options: {
    przekazania: {
      kind: 'string',
      default: '1',
      doc: {
        pl: 'Kody typu etapu, które są przekazaniem, po przecinku; znaczenie kodów zna tylko urząd.',
        en: 'Codes of stages that are hand-overs, joined by commas; only the office knows what its codes mean.',
      },
    },
  },
  codes,
  examples: [
    { record: { typ: 1, od: 5, do: 6, stanowisko: null }, says: [] },
    { record: { typ: 1, od: 5, do: null, stanowisko: 8 }, says: [] },
    { record: { typ: 3, od: 5, do: null, stanowisko: null }, says: [] },
    { record: { typ: 1, od: 5, do: null, stanowisko: null }, says: ['HANDOVER_RECIPIENT_MISSING'] },
    { record: { typ: 7, od: 5, do: null }, options: { przekazania: '1, 7' }, says: ['HANDOVER_RECIPIENT_MISSING'] },
    { record: { typ: 1, od: 5, do: 5, stanowisko: null }, says: ['HANDOVER_TO_SELF'] },
  ],
  bind: (use) => {
    const type = use.at('typ');
    const from = use.at('od');
    const to = use.at('do');
    const post = use.at('stanowisko');
    const handOvers = new Set(
      String(use.option('przekazania'))
        .split(',')
        .map((code) => code.trim()),
    );
    return (values, report) => {
      if (type >= 0 && !handOvers.has(textOf(values[type]) ?? '')) return;
      const person = values[to] ?? null;
      if (person === null && (post < 0 || values[post] === null)) report('HANDOVER_RECIPIENT_MISSING', to);
      if (person !== null && from >= 0 && values[from] === person) report('HANDOVER_TO_SELF', to);
    };
  },
};
