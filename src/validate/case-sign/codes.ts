import { entries } from '../entries.ts';

const source = {
  text: 'instrukcja kancelaryjna, § 5 (zał. nr 1 do rozporządzenia Prezesa RM z dnia 18 stycznia 2011 r., Dz.U. 2011 nr 14 poz. 67)',
  read: true,
} as const;

const correct = [
  'Popraw znak korektą według spisu spraw; postać to SYMBOL.KLASA.NUMER.ROK, np. ABC.123.77.2011.',
  'Correct the sign from the case list; the form is UNIT.CLASS.NUMBER.YEAR, e.g. ABC.123.77.2011.',
] as const;
const compare = [
  'Porównaj znak z wierszem spisu spraw i popraw ten, który jest błędny.',
  'Compare the sign with its row of the case list and correct the one that is wrong.',
] as const;
const nothing = ['Nic nie trzeba robić; znak zostaje, jaki był.', 'Nothing to do; the sign stays as it was.'] as const;

/** Codes of rules on one sign. */
export const signCodes = entries(
  { area: 'case-sign', origin: 'record', effect: 'load', personal: 'none', source },
  {
    SIGN_FORM: [
      'error',
      ['Znak sprawy nie ma właściwej postaci.', 'The case sign is not of the right form.'],
      correct,
      { personal: 'text' },
    ],
    SIGN_CLASS_ONE_DIGIT: [
      'error',
      [
        'Klasa w znaku sprawy ma jedną cyfrę; sprawy nie zakłada się w klasie głównej.',
        'The class in the case sign has one digit; no case is filed in a main class.',
      ],
      correct,
    ],
    SIGN_NUMBER_ZERO: ['error', ['Numer sprawy w znaku to zero.', 'The case number in the sign is zero.'], correct],
    SIGN_LEADING_ZERO: [
      'error',
      ['Numer w znaku sprawy ma zero na początku.', 'A number in the case sign has a leading zero.'],
      correct,
    ],
    SIGN_SHORT_YEAR: [
      'error',
      ['Rok w znaku sprawy ma dwie cyfry.', 'The year in the case sign has two digits.'],
      correct,
    ],
    SIGN_CLASS_FIVE_DIGITS: [
      'warning',
      [
        'Klasa w znaku sprawy ma pięć cyfr; wykaz akt urzędu zwykle kończy się na czterech.',
        "The class in the case sign has five digits; an office's plan usually ends at four.",
      ],
      nothing,
    ],
    SIGN_UNIT_DOT: [
      'warning',
      ['Symbol komórki w znaku sprawy zawiera kropkę.', 'The unit symbol in the case sign holds a dot.'],
      nothing,
    ],
    SIGN_LOWER_CASE: [
      'warning',
      ['Małe litery w znaku sprawy; zamieniono na wielkie.', 'Small letters in the case sign; made capital.'],
      ['Nic nie trzeba robić.', 'Nothing to do.'],
      { effect: 'change', repairs: true },
    ],
    SIGN_SPACE: [
      'warning',
      ['Odstęp wewnątrz znaku sprawy; usunięto go.', 'A space inside the case sign; it was removed.'],
      ['Nic nie trzeba robić.', 'Nothing to do.'],
      { effect: 'change', repairs: true },
    ],
    SIGN_LEGACY: [
      'info',
      [
        'Znak w dawnej postaci z ukośnikami, sprzed 2011 r.; zachowany jako tekst.',
        'A sign of the old form with slashes, from before 2011; kept as text.',
      ],
      nothing,
    ],
    SIGN_SLASHES: [
      'warning',
      [
        'Znak z ukośnikami, choć sprawę założono po 2010 r.; zachowany jako tekst.',
        'A sign with slashes although the case began after 2010; kept as text.',
      ],
      correct,
    ],
    SIGN_CLASS_MISMATCH: [
      'error',
      [
        'Klasa w znaku sprawy to {found}, a w spisie spraw {expected}.',
        'The class in the case sign is {found}, in the case list {expected}.',
      ],
      compare,
    ],
    SIGN_NUMBER_MISMATCH: [
      'error',
      [
        'Numer w znaku sprawy to {found}, a w spisie spraw {expected}.',
        'The number in the case sign is {found}, in the case list {expected}.',
      ],
      compare,
    ],
    SIGN_YEAR_MISMATCH: [
      'error',
      [
        'Rok w znaku sprawy to {found}, a w spisie spraw {expected}.',
        'The year in the case sign is {found}, in the case list {expected}.',
      ],
      compare,
    ],
    SIGN_SUBNUMBER_MISSING: [
      'error',
      [
        'Sprawa wskazuje sprawę bazową, a jej znak nie ma numeru w grupie.',
        'The case names a base case, but its sign has no number inside a group.',
      ],
      compare,
    ],
  },
);
