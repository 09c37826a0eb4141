import { flag, integer, moment, ref, required, type TableSpec, table, text } from './table-spec.ts';

const UNIT = [
  text('symbol', 'Symbol komórki, pierwszy człon znaku sprawy', 'Jednostki.Symbol', 'symbol'),
  text('nazwa', 'Nazwa komórki organizacyjnej', 'Jednostki.Nazwa', 'nazwa'),
  text('opis', 'Opis komórki', 'Jednostki.Opis', 'opis'),
  flag('aktywna', 'Czy komórka (lub jej wersja) obowiązuje', 'Jednostki.Aktywny', 'czyUsunieta (odwrotnie)'),
  integer('kolejnosc', 'Kolejność wyświetlania', 'Jednostki.SortOrder', 'kolejnoscWyswietlania'),
  moment('data_dodania', 'Data dodania', 'Jednostki.DataDodania'),
  text('typ', 'Typ jednostki (znaczenie kodów ustala urząd w tabeli kodów)', 'Jednostki.IdTypJednostki'),
  integer('typ_kod', 'Kod typu jednostki', 'Jednostki.IdTypJednostki'),
  text('atrybut1', 'Atrybut dodatkowy 1', 'Jednostki.Atrybut1'),
  text('atrybut2', 'Atrybut dodatkowy 2', 'Jednostki.Atrybut2'),
  text('atrybut3', 'Atrybut dodatkowy 3', 'Jednostki.Atrybut3'),
];

const EMPLOYEE = [
  text('imie', 'Imię (lub imiona)', 'Pracownicy.Imie', 'imie'),
  text('nazwisko', 'Nazwisko', 'Pracownicy.Nazwisko', 'nazwisko'),
  text('stanowisko_tekst', 'Nazwa stanowiska przepisana tekstem', 'Pracownicy.Stanowisko', 'stanowiskoNazwa'),
  text('inicjaly', 'Inicjały referenta', 'Pracownicy.Inicjaly', 'inicjaly'),
  text('login', 'Nazwa konta; hasła nie są nigdy czytane', 'Pracownicy.Login'),
  text('email', 'Służbowy adres e-mail', 'Pracownicy.Email', 'email'),
  text('nazwa_wyswietlana', 'Nazwa wyświetlana', 'Pracownicy.DisplayName', 'pelnaPrezentacja'),
  flag('aktywny', 'Czy pracownik (lub wersja) jest aktywny', 'Pracownicy.Aktywny', 'czyAktywny'),
  flag('ukryty', 'Czy ukryty na listach', 'Pracownicy.Ukryty'),
  flag('systemowy', 'Czy konto techniczne', 'Pracownicy.Systemowy'),
  text('system_info', 'Informacja systemowa', 'Pracownicy.SystemInfo'),
  text('ustawienia', 'Ustawienia użytkownika', 'Pracownicy.Ustawienia'),
  text('ad_nazwa', 'Konto Active Directory', 'Pracownicy.ActiveDirectory'),
  text('ad_sid', 'Identyfikator SID konta Active Directory', 'Pracownicy.ActiveDirectorySID'),
  text('ad_principal', 'Nazwa główna konta Active Directory', 'Pracownicy.ActiveDirectoryPrincipal'),
  text('certyfikat_domyslny', 'Domyślny certyfikat podpisu', 'Pracownicy.DomyslnyCert'),
  text('drukarka_kodow', 'Drukarka kodów kreskowych', 'Pracownicy.DrukarkaKodow'),
  integer('aplikacja_kod', 'Numer aplikacji konta', 'Pracownicy.IdAplikacji'),
  text('aplikacja_id', 'Identyfikator w aplikacji zewnętrznej', 'Pracownicy.ID_App'),
  integer('kolejnosc', 'Kolejność', 'Pracownicy.Order'),
  integer('kolejnosc_sortowania', 'Kolejność sortowania', 'Pracownicy.SortOrder'),
  moment('data_utworzenia', 'Data utworzenia', 'Pracownicy.DataUtworzenia'),
  moment('data_usuniecia', 'Data usunięcia', 'Pracownicy.DataUsuniecia'),
  moment('wazne_do', 'Data ważności konta', 'Pracownicy.WazneDo'),
  text('atrybut1', 'Stanowisko drukowane na pismach', 'Pracownicy.Atrybut1'),
  text('atrybut2', 'Tytuł drukowany na pismach', 'Pracownicy.Atrybut2'),
  text('atrybut3', 'Nazwisko drukowane na pismach', 'Pracownicy.Atrybut3'),
  text('atrybut4', 'Atrybut dodatkowy 4', 'Pracownicy.Atrybut4'),
  text('atrybut5', 'Atrybut dodatkowy 5', 'Pracownicy.Atrybut5'),
  text('atrybut6', 'Atrybut dodatkowy 6', 'Pracownicy.Atrybut6'),
];

const POST = [
  text('nazwa', 'Nazwa stanowiska', 'Stanowiska.Nazwa', 'stanowiskoNazwa'),
  integer('kolejnosc', 'Kolejność', 'Stanowiska.SortOrder'),
  moment('data_utworzenia', 'Data utworzenia', 'Stanowiska.DataUtworzenia'),
  flag('ukryte', 'Czy ukryte na listach', 'Stanowiska.Ukryty'),
];

/** Units, posts, people and roles: one record a lineage, and beside it every row version as it was. */
export const PEOPLE_TABLES: readonly TableSpec[] = [
  table(
    'jednostka',
    'Jednostka (komórka organizacyjna): jeden rekord na rodowód, dane z wersji obowiązującej; wydział to też jednostka',
    { puw: 'Jednostki', rp: 'V2KomorkaOrganizacyjna' },
    [
      ...UNIT,
      ref(
        'id_jednostka_nadrzedna',
        'jednostka',
        'Komórka nadrzędna w strukturze',
        'Jednostki.IdNadrzedne',
        'idNadrzednaKomorkaOrganizacyjna',
      ),
      ref('id_wydzial', 'jednostka', 'Wydział, którego symbol daje znak sprawy', 'Jednostki.IdWydzialu'),
    ],
    { indexes: [['symbol']] },
  ),
  table(
    'jednostka_wersja',
    'Wersja jednostki: każdy wiersz źródła bez zmian, także sprzed reorganizacji',
    { puw: 'Jednostki' },
    [
      required(ref('id_jednostka', 'jednostka', 'Jednostka, której to jest wersja', 'Jednostki.IdOrginal')),
      ref('id_wersja_poprzednia', 'jednostka_wersja', 'Poprzednia wersja tej jednostki', 'Jednostki.IdPoprzedniego'),
      ref('id_wersja_nadrzedna', 'jednostka_wersja', 'Wersja komórki nadrzędnej', 'Jednostki.IdNadrzedne'),
      ref('id_wersja_wydzialu', 'jednostka_wersja', 'Wersja wydziału', 'Jednostki.IdWydzialu'),
      ...UNIT,
    ],
    { indexes: [['id_jednostka']] },
  ),
  table('rola', 'Rola organizacyjna', { puw: 'Security_RoleOrganizacyjne' }, [
    text('nazwa', 'Nazwa roli', 'Security_RoleOrganizacyjne.Nazwa'),
    text('klucz', 'Klucz roli', 'Security_RoleOrganizacyjne.Klucz'),
  ]),
  table(
    'pracownik',
    'Pracownik: jeden rekord na rodowód, dane z wersji obowiązującej',
    { puw: 'Pracownicy', rp: 'V2UzytkownikDto' },
    [
      ...EMPLOYEE,
      ref('id_jednostka', 'jednostka', 'Komórka pracownika', 'Pracownicy.IdJednostki', 'idJednostka'),
      ref('id_wydzial', 'jednostka', 'Wydział pracownika', 'Pracownicy.IdWydzialu'),
      ref('id_stanowisko', 'stanowisko', 'Stanowisko pracownika', 'Pracownicy.IdStanowiska', 'idStanowisko'),
      ref('id_rola_przelozona', 'rola', 'Rola przełożonego', 'Pracownicy.IdRoliPrzelozonej'),
    ],
  ),
  table(
    'pracownik_wersja',
    'Wersja pracownika: każdy wiersz źródła bez zmian (poprzednie nazwisko, poprzednia komórka)',
    { puw: 'Pracownicy', rp: 'idUzytkownikWersjaAktualna' },
    [
      required(ref('id_pracownik', 'pracownik', 'Pracownik, którego to jest wersja', 'Pracownicy.IdOryginal')),
      ...EMPLOYEE,
      ref('id_jednostka_wersja', 'jednostka_wersja', 'Wersja komórki', 'Pracownicy.IdJednostki'),
      ref('id_wydzial_wersja', 'jednostka_wersja', 'Wersja wydziału', 'Pracownicy.IdWydzialu'),
      ref('id_rola_przelozona', 'rola', 'Rola przełożonego', 'Pracownicy.IdRoliPrzelozonej'),
    ],
    { indexes: [['id_pracownik']] },
  ),
  table(
    'stanowisko',
    'Stanowisko: jeden rekord na rodowód; wolne, gdy nie ma pracownika',
    { puw: 'Stanowiska', rp: 'V2StanowiskoDto' },
    [
      ...POST,
      ref('id_jednostka', 'jednostka', 'Komórka stanowiska', 'Stanowiska.IdJednostki', 'idKomorkaOrganizacyjna'),
      ref(
        'id_pracownik',
        'pracownik',
        'Pracownik na stanowisku; puste: wakat',
        'Stanowiska.IdPracownika',
        'idUzytkownik',
      ),
    ],
  ),
  table(
    'stanowisko_wersja',
    'Wersja stanowiska: każdy wiersz źródła bez zmian',
    { puw: 'Stanowiska', rp: 'idStanowiskoWersjaAktualna' },
    [
      required(ref('id_stanowisko', 'stanowisko', 'Stanowisko, którego to jest wersja', 'Stanowiska.IdOrginal')),
      ...POST,
      ref('id_jednostka_wersja', 'jednostka_wersja', 'Wersja komórki', 'Stanowiska.IdJednostki'),
      ref('id_pracownik_wersja', 'pracownik_wersja', 'Wersja pracownika na stanowisku', 'Stanowiska.IdPracownika'),
    ],
    { indexes: [['id_stanowisko']] },
  ),
  table('stanowisko_rola', 'Rola nadana stanowisku', { puw: 'Security_RoleStanowisk' }, [
    required(ref('id_stanowisko', 'stanowisko', 'Stanowisko', 'Security_RoleStanowisk.IdStanowiska')),
    required(ref('id_rola', 'rola', 'Rola organizacyjna', 'Security_RoleStanowisk.IdRoli')),
  ]),
];
