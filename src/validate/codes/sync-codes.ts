import { entries } from '../entries.ts';

/** What a sync says about records that it does not change, or leaves as they are. */
export const SYNC_CODES = [
  ...entries(
    { area: 'target', origin: 'write', effect: 'load', fixed: true, personal: 'none' },
    {
      SOURCE_GONE: [
        'warning',
        [
          'Rekordu nie ma już w starym systemie; zgodnie z mapowaniem pozostał w nowym.',
          'The record is no longer in the legacy system; by its mapping it stays in the new one.',
        ],
        [
          'Usuń go w nowym systemie ręcznie albo zmień w mapowaniu `gone`.',
          'Remove it in the new system by hand, or change `gone` in its mapping.',
        ],
      ],
      RECORD_STALE: [
        'error',
        [
          'Rekord wczytany wcześniej nie przechodzi dziś sprawdzenia ({because}); w nowym systemie pozostał taki, jaki był.',
          'A record that was loaded before does not pass today ({because}); in the new system it stays as it was.',
        ],
        [
          'Popraw rekord w starym systemie; przejdzie przy następnej synchronizacji. Powody: ezd-migrate rejects list.',
          'Correct the record in the legacy system; it follows at the next sync. Reasons: ezd-migrate rejects list.',
        ],
      ],
      TARGET_CONFLICT: [
        'warning',
        [
          'Rekord zmieniono ręcznie w nowym systemie, a w starym zmienił się także ({what}).',
          'The record was changed in the new system by hand, and has changed in the legacy system too ({what}).',
        ],
        [
          'Zdecyduj, która wersja jest właściwa; `sync --full --overwrite` zastąpi ręczne zmiany.',
          'Decide which version is right; `sync --full --overwrite` replaces what was changed by hand.',
        ],
      ],
      UNIT_LIVE: [
        'warning',
        [
          'Rekord komórki, która pracuje już w nowym systemie, zmienił się w starym ({what}); zmiany nie przeniesiono.',
          'A record of a unit that works in the new system already has changed in the legacy system ({what}); the change was not brought over.',
        ],
        [
          'Ustal z komórką, dlaczego pracuje jeszcze w starym systemie; przenieś zmianę ręcznie.',
          'Find out from the unit why it still works in the legacy system; bring the change over by hand.',
        ],
      ],
      GONE_REFUSED: [
        'error',
        [
          'Rekordu nie ma już w starym systemie, ale nowy system nie pozwala go usunąć: odwołuje się do niego coś, czego nie przeniesiono stąd.',
          'The record is no longer in the legacy system, but the new one does not let it go: something that did not come from here refers to it.',
        ],
        ['Sprawdź w nowym systemie, co się do niego odwołuje.', 'Look in the new system what refers to it.'],
      ],
    },
  ),
];
