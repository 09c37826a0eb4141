/** A row by column; `#5` stands for the id of the record with key 5, moments are local time of Warsaw. */
export type Row = Readonly<Record<string, string | number | boolean | null>>;

/** Records in the store and what one rule finds among them. */
export interface SetRuleCase {
  readonly title: string;
  readonly code: string;
  readonly given: Readonly<Record<string, readonly Row[]>>;
  /** Keys of the records found, with parameters that the message needs. */
  readonly finds: readonly (readonly [key: number, params?: Readonly<Record<string, string | number | null>>])[];
}

const sprawa = (key: number, znak: string, more: Row = {}): Row => {
  const parts = /^([^.]+)\.(\d+)\.(?:\d+\.)?(\d+)\.(\d{4})/.exec(znak);
  return {
    key,
    id_koszulka: `#${key}`,
    znak,
    symbol_klasy: parts?.[2] ?? null,
    lp: parts === null ? null : Number(parts[3]),
    rok: parts === null ? null : Number(parts[4]),
    id_jednostka: '#1',
    data_rejestracji: `2019-03-${String(10 + (key % 18)).padStart(2, '0')} 10:00`,
    ...more,
  };
};

const koszulka = (key: number, more: Row = {}): Row => ({ key, data_utworzenia: '2019-03-01 08:00', ...more });
const klasa = (key: number, symbol: string, more: Row = {}): Row => ({ key, rok: 2019, symbol, ...more });
const wplyw = (key: number, number: number, at: string, more: Row = {}): Row => ({
  key,
  id_koszulka: '#1',
  numer_rpw: number,
  rok: 2019,
  znak_wplywu: `RPW/${number}/2019`,
  data_rejestracji: at,
  ...more,
});
const dokument = (key: number, more: Row = {}): Row => ({ key, id_koszulka: '#1', ...more });
const pozycja = (key: number, more: Row = {}): Row => ({
  key,
  rodzaj_skladu: 'SCP',
  numer: key,
  rok: 2019,
  id_dokument: '#7',
  data_przyjecia: `2019-03-0${key} 09:00`,
  ...more,
});
const wersja = (key: number, at: string, more: Row = {}): Row => ({
  key,
  id_tresc: '#1',
  data_utworzenia: at,
  ...more,
});
const unit = (key: number, symbol: string, since: string | null, more: Row = {}): Row => ({
  key,
  id_jednostka: '#1',
  symbol,
  data_dodania: since,
  ...more,
});

export const CASES: readonly SetRuleCase[] = [
  {
    title: 'names both cases of one sign, whoever is wrong, and no text that is no sign',
    code: 'SIGN_DUPLICATE',
    given: {
      sprawa: [sprawa(1, 'ABC.123.7.2019', { lp: 6 }), sprawa(2, 'ABC.123.7.2019'), sprawa(3, 'ABC.123.8.2019')],
    },
    finds: [
      [1, { other: '2' }],
      [2, { other: '1' }],
    ],
  },
  {
    title: 'takes signs for equal whatever the mark of the person, and leaves deleted cases out',
    code: 'SIGN_DUPLICATE',
    given: {
      sprawa: [
        sprawa(1, 'ABC.123.7.2019'),
        sprawa(2, 'ABC.123.7.2019.JK2'),
        sprawa(3, 'ABC.123.7.2019', { typ_usuniecia_kod: 1 }),
        sprawa(4, 'ABC.123.7.1.2019'),
      ],
    },
    finds: [
      [1, { other: '2' }],
      [2, { other: '1' }],
    ],
  },
  {
    title: 'finds one number given to two signs of a list, not the same number in another group, class or year',
    code: 'CASE_NUMBER_DUPLICATE',
    given: {
      sprawa: [
        sprawa(1, 'ABC.123.7.2019'),
        sprawa(2, 'ABC.123.8.2019', { lp: 7 }),
        sprawa(3, 'ABC.123.2.7.2019'),
        sprawa(4, 'ABC.124.7.2019'),
        sprawa(5, 'ABC.123.7.2018'),
      ],
    },
    finds: [
      [1, { other: '2' }],
      [2, { other: '1' }],
    ],
  },
  {
    title: 'takes the symbol of the version alive on the day of registration',
    code: 'SIGN_UNIT_MISMATCH',
    given: {
      jednostka_wersja: [unit(11, 'ABC', '2010-01-01'), unit(12, 'XYZ', '2019-03-15')],
      sprawa: [
        sprawa(1, 'ABC.123.7.2019', { data_rejestracji: '2019-03-14 10:00' }),
        sprawa(2, 'ABC.123.8.2019', { data_rejestracji: '2019-03-15 10:00' }),
        sprawa(3, 'XYZ.123.9.2019', { data_rejestracji: '2009-03-15 10:00' }),
        sprawa(4, 'ABC/123/10/2019', { data_rejestracji: '2019-03-16 10:00' }),
        sprawa(5, 'XYZ.123.8.2.2019.JK', { data_rejestracji: '2019-03-16 10:00' }),
      ],
    },
    finds: [[2, { found: 'ABC', expected: 'XYZ' }]],
  },
  {
    title: 'finds a case that names a version of its unit from before or after the day of registration',
    code: 'CASE_UNIT_NOT_ALIVE',
    given: {
      jednostka_wersja: [
        unit(11, 'ABC', '2010-01-01'),
        unit(12, 'ABC', '2019-03-15'),
        unit(13, 'XYZ', null, { id_jednostka: '#2' }),
      ],
      sprawa: [
        sprawa(1, 'ABC.123.7.2019', { data_rejestracji: '2019-03-15 10:00', id_jednostka_wersja: '#11' }),
        sprawa(2, 'ABC.123.8.2019', { data_rejestracji: '2019-03-14 10:00', id_jednostka_wersja: '#12' }),
        sprawa(3, 'ABC.123.9.2019', { data_rejestracji: '2019-03-14 10:00', id_jednostka_wersja: '#11' }),
        sprawa(4, 'ABC.123.10.2019', { data_rejestracji: '2019-03-15 10:00', id_jednostka_wersja: '#12' }),
        sprawa(5, 'XYZ.123.7.2018', { id_jednostka: '#2', id_jednostka_wersja: '#13' }),
      ],
    },
    finds: [
      [1, { since: '2010-01-01', until: '2019-03-15' }],
      [2, { since: '2019-03-15', until: '…' }],
    ],
  },
  {
    title: 'finds a sub-number without a base case, and accepts the base by reference, by sign, and with a mark',
    code: 'SIGN_BASE_MISSING',
    given: {
      sprawa: [
        sprawa(1, 'ABC.123.77.2.2019'),
        sprawa(2, 'ABC.123.78.2.2019'),
        sprawa(3, 'ABC.123.78.2019'),
        sprawa(4, 'ABC.123.79.1.2019', { id_sprawa_bazowa: '#3' }),
        sprawa(5, 'ABC.123.80.1.2019'),
        sprawa(6, 'ABC.123.80.2019.JK'),
      ],
    },
    finds: [[1, { expected: 'ABC.123.77.2019' }]],
  },
  {
    title: 'finds a sign whose base number is not that of the base case named',
    code: 'SIGN_BASE_MISMATCH',
    given: {
      sprawa: [
        sprawa(1, 'ABC.123.78.2019'),
        sprawa(2, 'ABC.123.78.1.2019', { id_sprawa_bazowa: '#1' }),
        sprawa(3, 'ABC.123.79.2.2019', { id_sprawa_bazowa: '#1' }),
      ],
    },
    finds: [[3, { found: 79, expected: 78 }]],
  },
  {
    title: 'finds missing numbers of a list and of a group, but counts the numbers of deleted cases as given',
    code: 'CASE_NUMBER_GAP',
    given: {
      sprawa: [
        sprawa(1, 'ABC.123.1.2019'),
        sprawa(2, 'ABC.123.2.2019', { typ_usuniecia_kod: 1 }),
        sprawa(3, 'ABC.123.3.2019'),
        sprawa(4, 'ABC.123.6.2019'),
        sprawa(5, 'ABC.123.6.1.2019'),
        sprawa(6, 'ABC.123.6.3.2019'),
        sprawa(7, 'ABC.124.2.2019'),
      ],
    },
    finds: [
      [4, { from: 4, to: 5 }],
      [6, { from: 2, to: 2 }],
      [7, { from: 1, to: 1 }],
    ],
  },
  {
    title: 'finds a class without the one above in the same year',
    code: 'CLASS_PARENT_MISSING',
    given: {
      klasa_jrwa: [klasa(1, '4'), klasa(2, '41'), klasa(3, '4131'), klasa(4, '413', { rok: 2020 }), klasa(5, '5')],
    },
    finds: [
      [3, { parent: '413', year: 2019 }],
      [4, { parent: '41', year: 2020 }],
    ],
  },
  {
    title: 'finds a class that stands twice in a year',
    code: 'CLASS_DUPLICATE',
    given: {
      klasa_jrwa: [
        klasa(1, '4', { nieaktywna: true }),
        klasa(2, '4', { nieaktywna: false }),
        klasa(3, '4', { rok: 2020 }),
        klasa(4, '04'),
      ],
    },
    finds: [
      [1, { other: '2' }],
      [2, { other: '1' }],
    ],
  },
  {
    title: 'finds a case whose class is not in the plan of its year',
    code: 'CASE_CLASS_UNKNOWN',
    given: {
      klasa_jrwa: [klasa(1, '123'), klasa(2, '124', { rok: 2020 })],
      sprawa: [sprawa(1, 'ABC.123.7.2019'), sprawa(2, 'ABC.124.7.2019')],
    },
    finds: [[2, { year: 2019 }]],
  },
  {
    title: 'leaves classes of a year without any plan to the finding on the plan',
    code: 'CASE_CLASS_UNKNOWN',
    given: { klasa_jrwa: [klasa(2, '124', { rok: 2020 })], sprawa: [sprawa(1, 'ABC.123.7.2019')] },
    finds: [],
  },
  {
    title: 'finds a year without a plan once, on its first case, with the number of its cases',
    code: 'CLASS_PLAN_MISSING',
    given: {
      klasa_jrwa: [klasa(1, '123', { rok: 2020 })],
      sprawa: [
        sprawa(10, 'ABC.124.1.2019'),
        sprawa(9, 'ABC.123.7.2019'),
        sprawa(11, 'ABC.123.8.2019', { typ_usuniecia_kod: '1' }),
        sprawa(12, 'ABC.123.8.2020'),
      ],
    },
    finds: [[9, { year: 2019, cases: 2 }]],
  },
  {
    title: 'finds a case in a class with classes below it that year',
    code: 'CASE_CLASS_NOT_LEAF',
    given: {
      klasa_jrwa: [
        klasa(1, '12'),
        klasa(2, '123'),
        klasa(3, '1241', { nieaktywna: true }),
        klasa(4, '1251', { rok: 2020 }),
      ],
      sprawa: [
        sprawa(1, 'ABC.12.7.2019'),
        sprawa(2, 'ABC.123.7.2019'),
        sprawa(3, 'ABC.124.7.2019'),
        sprawa(4, 'ABC.125.7.2019'),
      ],
    },
    finds: [[1, { year: 2019 }]],
  },
  {
    title: 'finds a category weaker than class A, not the one for other units and not an exception',
    code: 'CATEGORY_WEAKER',
    given: {
      klasa_jrwa: [
        klasa(1, '123', { kategoria_archiwalna: 'A', kategoria_inne: 'Bc', id_jednostka: '#2' }),
        klasa(2, '124', { kategoria_archiwalna: 'A', liczba_wyjatkow: 1 }),
        klasa(3, '125', { kategoria_archiwalna: 'B50' }),
      ],
      sprawa: [
        sprawa(1, 'ABC.123.1.2019', { id_klasa_jrwa: '#1', kategoria_archiwalna: 'B5' }),
        sprawa(2, 'ABC.123.2.2019', { id_klasa_jrwa: '#1', kategoria_archiwalna: 'A' }),
        sprawa(3, 'ABC.123.3.2019', { id_klasa_jrwa: '#1', kategoria_archiwalna: 'Bc' }),
        sprawa(4, 'ABC.124.1.2019', { id_klasa_jrwa: '#2', kategoria_archiwalna: 'B5' }),
        sprawa(5, 'ABC.125.1.2019', { id_klasa_jrwa: '#3', kategoria_archiwalna: 'B2' }),
      ],
    },
    finds: [[1, { expected: 'A' }]],
  },
  {
    title: 'only warns where the class has exceptions for units',
    code: 'CATEGORY_WEAKER_BY_EXCEPTION',
    given: {
      klasa_jrwa: [klasa(2, '124', { kategoria_archiwalna: 'A', liczba_wyjatkow: 1 })],
      sprawa: [sprawa(4, 'ABC.124.1.2019', { id_klasa_jrwa: '#2', kategoria_archiwalna: 'BE10' })],
    },
    finds: [[4]],
  },
  {
    title: 'finds both letters of one register number, and takes prefixes apart',
    code: 'REGISTER_NUMBER_DUPLICATE',
    given: {
      wplyw: [
        wplyw(1, 7, '2019-03-01 09:00', { numer_rpw: 6 }),
        wplyw(2, 7, '2019-03-02 09:00'),
        wplyw(3, 8, '2019-03-03 09:00'),
        wplyw(4, 8, '2019-03-03 09:00', { znak_wplywu: 'RPWew/8/2019' }),
      ],
    },
    finds: [
      [1, { other: '2' }],
      [2, { other: '1' }],
    ],
  },
  {
    title: 'names the one date that is too early, too late, or swapped with its neighbour',
    code: 'REGISTER_ORDER',
    given: {
      wplyw: [
        wplyw(1, 1, '2019-03-01 09:00'),
        wplyw(2, 2, '2019-01-01 09:00'),
        wplyw(3, 3, '2019-03-03 09:00'),
        wplyw(4, 4, '2019-08-04 09:00'),
        wplyw(5, 5, '2019-03-05 09:00'),
        wplyw(6, 6, '2019-03-07 09:00'),
        wplyw(7, 7, '2019-03-06 09:00'),
        wplyw(8, 8, '2019-03-08 09:00'),
        wplyw(9, 1, '2020-01-01 09:00', { rok: 2020, znak_wplywu: 'RPW/1/2020' }),
      ],
    },
    finds: [[2], [4], [7]],
  },
  {
    title: 'finds two live positions of a letter, and no withdrawn one',
    code: 'STORE_POSITION_DUPLICATE',
    given: {
      sklad_chronologiczny: [
        pozycja(1, { data_wycofania: '2019-04-01 09:00' }),
        pozycja(2),
        pozycja(3),
        pozycja(4, { id_dokument: '#8' }),
      ],
    },
    finds: [
      [2, { other: 'SCP/3/2019' }],
      [3, { other: 'SCP/2/2019' }],
    ],
  },
  {
    title: 'finds a paper position of a letter that must have none, but lets a carrier be',
    code: 'STORE_ELECTRONIC',
    given: {
      dokument: [
        dokument(7, { elektroniczny: true }),
        dokument(8, { poza_skladem: true }),
        dokument(9, { elektroniczny: false }),
      ],
      sklad_chronologiczny: [
        pozycja(1),
        pozycja(2, { id_dokument: '#8' }),
        pozycja(3, { id_dokument: '#9' }),
        pozycja(4, { rodzaj_skladu: 'SIND' }),
      ],
    },
    finds: [[1], [2]],
  },
  {
    title: 'finds a folder that is a case and non-case records at once',
    code: 'FOLDER_CASE_AND_CLASS',
    given: {
      koszulka: [
        koszulka(1, { nas_klasa: '320', nas_rok: 2019 }),
        koszulka(2),
        koszulka(3, { nas_klasa: '320', nas_rok: 2019 }),
      ],
      sprawa: [
        sprawa(1, 'ABC.123.7.2019'),
        sprawa(2, 'ABC.123.8.2019'),
        sprawa(3, 'ABC.123.9.2019', { typ_usuniecia_kod: 1 }),
      ],
    },
    finds: [[1, { sign: 'ABC.123.7.2019' }]],
  },
  {
    title: 'finds a finished folder that is neither, but asks no copy and no case kept outside',
    code: 'FOLDER_NOT_FILED',
    given: {
      koszulka: [
        koszulka(1, { zakonczona: true }),
        koszulka(2, { zakonczona: true, nas_klasa: '320' }),
        koszulka(3, { zakonczona: true }),
        koszulka(4, { zakonczona: false }),
        koszulka(5, { zakonczona: true, id_koszulka_zrodlowa: '#1' }),
        koszulka(6, { zakonczona: true, powod_zakonczenia: 'sprawa prowadzona poza EZD' }),
      ],
      sprawa: [sprawa(3, 'ABC.123.8.2019')],
    },
    finds: [[1]],
  },
  {
    title: 'finds a non-case class that the plan of that year does not have',
    code: 'NON_CASE_CLASS_UNKNOWN',
    given: {
      klasa_jrwa: [klasa(1, '320'), klasa(2, '321', { rok: 2020 })],
      koszulka: [
        koszulka(5, { nas_klasa: '320', nas_rok: 2018 }),
        koszulka(1, { nas_klasa: '320', nas_rok: 2019 }),
        koszulka(2, { nas_klasa: '321', nas_rok: 2019 }),
        koszulka(3, { nas_klasa: '32a', nas_rok: 2019 }),
        koszulka(4, { nas_klasa: '322' }),
      ],
    },
    finds: [[2, { year: 2019 }]],
  },
  {
    title: 'finds an open case in a finished folder',
    code: 'FOLDER_CLOSED_CASE_OPEN',
    given: {
      koszulka: [
        koszulka(1, { zakonczona: true }),
        koszulka(2, { zakonczona: false }),
        koszulka(3, { zakonczona: true }),
        koszulka(4),
      ],
      sprawa: [
        sprawa(1, 'ABC.123.1.2019'),
        sprawa(2, 'ABC.123.2.2019', { data_zakonczenia: '2019-05-01 10:00' }),
        sprawa(3, 'ABC.123.3.2019', { data_zakonczenia: '2019-05-01 10:00' }),
        sprawa(4, 'ABC.123.4.2019'),
      ],
    },
    finds: [[1]],
  },
  {
    title: 'finds a finished case in an open folder',
    code: 'FOLDER_OPEN_CASE_CLOSED',
    given: {
      koszulka: [
        koszulka(1, { zakonczona: true }),
        koszulka(2, { zakonczona: false }),
        koszulka(3, { zakonczona: true }),
        koszulka(4),
      ],
      sprawa: [
        sprawa(1, 'ABC.123.1.2019'),
        sprawa(2, 'ABC.123.2.2019', { data_zakonczenia: '2019-05-01 10:00' }),
        sprawa(3, 'ABC.123.3.2019', { data_zakonczenia: '2019-05-01 10:00' }),
        sprawa(4, 'ABC.123.4.2019'),
      ],
    },
    finds: [[2]],
  },
  {
    title: 'finds an action outside the days of its case, and takes the day of opening and of closing as inside',
    code: 'METRYKA_DATE_OUTSIDE',
    given: {
      koszulka: [koszulka(1, { data_utworzenia: '2019-03-01 12:00' }), koszulka(2)],
      sprawa: [sprawa(1, 'ABC.123.1.2019', { data_zakonczenia: '2019-05-01 10:00' }), sprawa(2, 'ABC.123.2.2019')],
      czynnosc_metryki: [
        { key: 1, id_koszulka: '#1', data_czynnosci: '2019-03-01 08:00' },
        { key: 2, id_koszulka: '#1', data_czynnosci: '2019-02-28 23:30' },
        { key: 3, id_koszulka: '#1', data_czynnosci: '2019-05-01 23:30' },
        { key: 4, id_koszulka: '#1', data_czynnosci: '2019-05-02 00:10' },
        { key: 5, id_koszulka: '#2', data_czynnosci: '2024-05-02 00:10' },
      ],
    },
    finds: [
      [2, { sign: 'ABC.123.1.2019', from: '2019-03-01', to: '2019-05-01' }],
      [4, { sign: 'ABC.123.1.2019' }],
    ],
  },
  {
    title: 'finds a document that is not in the folder of the action, whatever way it is named',
    code: 'METRYKA_DOCUMENT_UNKNOWN',
    given: {
      dokument: [dokument(7, { sygnatura: 'DP.1.2019', nazwa: 'decyzja.pdf' }), dokument(8, { id_koszulka: '#2' })],
      czynnosc_metryki: [
        { key: 1, id_koszulka: '#1', identyfikator_dokumentu: '7' },
        { key: 2, id_koszulka: '#1', identyfikator_dokumentu: '8' },
        { key: 3, id_koszulka: '#1', identyfikator_dokumentu: 'DP.1.2019' },
        { key: 4, id_koszulka: '#1', identyfikator_dokumentu: '2949240_7' },
        { key: 5, id_koszulka: '#1', identyfikator_dokumentu: null },
        { key: 6, id_koszulka: '#1', identyfikator_dokumentu: 'EZD.PUW.IdDokumentu=7' },
        { key: 7, id_koszulka: '#1', identyfikator_dokumentu: '17' },
      ],
    },
    finds: [[2], [7]],
  },
  {
    title: 'finds a hand-over before the folder was there',
    code: 'HANDOVER_BEFORE_FOLDER',
    given: {
      koszulka: [koszulka(1)],
      dekretacja: [
        { key: 1, id_koszulka: '#1', data_nadania: '2019-03-01 07:59' },
        { key: 2, id_koszulka: '#1', data_nadania: '2019-03-01 08:00' },
      ],
    },
    finds: [[1, { created: '2019-03-01 08:00:00' }]],
  },
  {
    title: 'compares the holder with the last hand-over only, by person, and by post where that was vacant',
    code: 'OWNER_MISMATCH',
    given: {
      koszulka: [
        koszulka(1, { id_pracownik_wlasciciel: '#5' }),
        koszulka(2, { id_pracownik_wlasciciel: '#5' }),
        koszulka(3, { id_pracownik_wlasciciel: '#5', id_stanowisko_wlasciciel: '#8' }),
        koszulka(4, { id_pracownik_wlasciciel: '#5', id_stanowisko_wlasciciel: '#9' }),
      ],
      dekretacja: [
        { key: 1, id_koszulka: '#1', typ_kod: 1, data_nadania: '2019-03-02 08:00', id_pracownik_docelowy: '#5' },
        { key: 2, id_koszulka: '#1', typ_kod: 1, data_nadania: '2019-03-03 08:00', id_pracownik_docelowy: '#6' },
        { key: 3, id_koszulka: '#2', typ_kod: 1, data_nadania: '2019-03-02 08:00', id_pracownik_docelowy: '#5' },
        { key: 4, id_koszulka: '#2', typ_kod: 2, data_nadania: '2019-03-03 08:00', id_pracownik_docelowy: '#6' },
        { key: 5, id_koszulka: '#3', typ_kod: 1, data_nadania: '2019-03-02 08:00', id_stanowisko_docelowe: '#8' },
        { key: 6, id_koszulka: '#4', typ_kod: 1, data_nadania: '2019-03-02 08:00', id_stanowisko_docelowe: '#8' },
      ],
    },
    finds: [
      [1, { handOver: '2' }],
      [4, { handOver: '6' }],
    ],
  },
  {
    title: 'finds an open case led by an inactive person',
    code: 'CASE_LEADER_INACTIVE',
    given: {
      pracownik: [
        { key: 5, aktywny: false },
        { key: 6, aktywny: true },
      ],
      sprawa: [
        sprawa(1, 'ABC.123.1.2019', { id_pracownik_prowadzacy: '#5' }),
        sprawa(2, 'ABC.123.2.2019', { id_pracownik_prowadzacy: '#6' }),
        sprawa(3, 'ABC.123.3.2019', { id_pracownik_prowadzacy: '#5', data_zakonczenia: '2019-05-01 10:00' }),
      ],
    },
    finds: [[1]],
  },
  {
    title: 'finds an acceptance earlier than the version it accepts',
    code: 'APPROVAL_BEFORE_VERSION',
    given: {
      dokument_wersja: [wersja(3, '2019-03-02 09:00')],
      akceptacja: [
        { key: 1, id_dokument: '#7', id_dokument_wersja: '#3', data_akceptacji: '2019-03-02 08:00' },
        { key: 2, id_dokument: '#7', id_dokument_wersja: '#3', data_akceptacji: '2019-03-02 09:00' },
      ],
    },
    finds: [[1, { created: '2019-03-02 09:00:00' }]],
  },
  {
    title: 'finds an acceptance overtaken by a version that nobody accepted',
    code: 'APPROVAL_STALE',
    given: {
      dokument_wersja: [wersja(3, '2019-03-02 09:00'), wersja(4, '2019-03-03 09:00'), wersja(5, '2019-03-03 09:00')],
      dokument: [dokument(7, { id_wersja_aktualna: '#4' }), dokument(8, { id_wersja_aktualna: '#5' })],
      akceptacja: [
        {
          key: 1,
          id_dokument: '#7',
          id_dokument_wersja: '#3',
          data_akceptacji: '2019-03-02 10:00',
          zaakceptowano: true,
        },
        {
          key: 2,
          id_dokument: '#8',
          id_dokument_wersja: '#3',
          data_akceptacji: '2019-03-02 10:00',
          zaakceptowano: true,
        },
        {
          key: 3,
          id_dokument: '#8',
          id_dokument_wersja: '#5',
          data_akceptacji: '2019-03-04 10:00',
          zaakceptowano: true,
        },
        {
          key: 4,
          id_dokument: '#7',
          id_dokument_wersja: '#3',
          data_akceptacji: '2019-03-02 10:00',
          zaakceptowano: false,
        },
      ],
    },
    finds: [[1]],
  },
  {
    title: 'finds a signature that names no version',
    code: 'SIGNATURE_WITHOUT_VERSION',
    given: {
      podpis: [
        { key: 1, id_dokument: '#7', id_dokument_wersja: null },
        { key: 2, id_dokument: '#7', id_dokument_wersja: '#3' },
      ],
    },
    finds: [[1]],
  },
  {
    title: 'finds names that differ by case or Unicode form within one folder, not those of deleted documents',
    code: 'FILE_NAME_COLLISION',
    given: {
      dokument: [
        dokument(1, { nazwa: 'Łąka.pdf', data_utworzenia: '2019-03-01 08:00' }),
        dokument(2, { nazwa: 'łĄKA.PDF', data_utworzenia: '2019-03-02 08:00' }),
        dokument(3, { nazwa: 'ŁA\u0328ka.pdf'.normalize('NFD'), data_utworzenia: '2019-03-03 08:00' }),
        dokument(4, { nazwa: 'Łąka.pdf', data_utworzenia: '2019-03-04 08:00' }),
        dokument(5, { nazwa: 'ŁĄKA.pdf', id_koszulka: '#2' }),
        dokument(7, { nazwa: 'równe.pdf' }),
        dokument(8, { nazwa: 'równe.pdf' }),
        dokument(6, { nazwa: 'ŁĄKA.pdf', data_usuniecia: '2019-03-02 08:00' }),
      ],
    },
    finds: [
      [1, { document: '2' }],
      [2, { document: '1' }],
      [3, { document: '2' }],
      [4, { document: '3' }],
    ],
  },
];
