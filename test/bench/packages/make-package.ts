import { once } from 'node:events';
import { createWriteStream } from 'node:fs';
import { finished } from 'node:stream/promises';
import { pack } from 'tar-stream';

const NS = 'xmlns="http://www.mswia.gov.pl/standardy/ndap"';
const who = `<podmiot><instytucja><id typ="NIP">0000000000</id><nazwa>Urząd Gminy Przykładowo</nazwa><jednostka><nazwa>Referat Organizacyjny</nazwa><pracownik><nazwisko>Testowa</nazwisko><imie>Anna</imie><funkcja>inspektor</funkcja></pracownik></jednostka></instytucja></podmiot>`;

/** An archival package in the manner of EZD PUW: so many documents, twenty a case. */
export async function makePackage(path: string, documents: number): Promise<void> {
  const tar = pack();
  const out = createWriteStream(path);
  tar.pipe(out);
  const add = async (name: string, text: string): Promise<void> => {
    tar.entry({ name }, text);
    if (out.writableNeedDrain) await once(out, 'drain');
  };
  for (let i = 0; i < documents; i++) {
    const sign = signOf(i);
    const name = `${1000 + i}_${500_000 + i}.txt`;
    await add(`dokumenty/${name}`, `Pismo ${i}\n`.repeat(60));
    await add(`metadane/${name}.xml`, documentXml(i, name, sign));
    if (i % 20 === 0) await add(`sprawy/${sign}.xml`, caseXml(sign));
  }
  tar.finalize();
  await finished(out);
}

const signOf = (i: number): string => `OR.120.${Math.floor(i / 20) + 1}.2023`;

const documentXml = (i: number, name: string, sign: string): string =>
  `<?xml version="1.0" encoding="utf-8"?><dokument ${NS}><data><typ>stworzony</typ><czas>2023-03-14</czas></data><data><typ>uzyskany</typ><czas>2023-03-15T09:00:01+01:00</czas></data><dostep><dostepnosc>metadane</dostepnosc></dostep><format><typ>.txt</typ></format><grupowanie><typ>znak sprawy</typ><kod>${sign}</kod><opis>Organizacja urzędu</opis></grupowanie><grupowanie><typ>EZD.PUW.IdPisma</typ><kod>${2000 + Math.floor(i / 20)}</kod><opis>Id koszulki</opis></grupowanie><identyfikator><typ>EZD.PUW.IDZalacznika.IdDokumentu</typ><wartosc>${1000 + i}.${500_000 + i}</wartosc></identyfikator><identyfikator><typ>EZD.PUW.NazwaZalacznika</typ><wartosc>Pismo ${name}</wartosc></identyfikator><identyfikator><typ>EZD.PUW.IDZalacznika</typ><wartosc>${1000 + i}</wartosc></identyfikator><identyfikator><typ>EZD.PUW.IdDokumentu</typ><wartosc>${500_000 + i}</wartosc></identyfikator><jezyk kod="pol"/><kwalifikacja><kategoria>B5</kategoria><data>2023-03-15</data>${who}</kwalifikacja><tworca><funkcja>utworzył</funkcja>${who}</tworca><typ><kategoria>Text</kategoria><rodzaj>Załącznik</rodzaj></typ><tytul><oryginalny jezyk="pol">Pismo ${i}</oryginalny></tytul></dokument>`;

const caseXml = (sign: string): string =>
  `<?xml version="1.0" encoding="utf-8"?><dokument ${NS}><data><typ>daty skrajne</typ><od>2023-03-14</od><do>2023-03-20</do></data><dostep><dostepnosc>metadane</dostepnosc></dostep><format><typ>text/xml</typ></format><identyfikator><typ>znak sprawy</typ><wartosc>${sign}</wartosc></identyfikator><jezyk kod="pol"/><kwalifikacja><kategoria>B5</kategoria><data>2023-03-15</data>${who}</kwalifikacja><tworca><funkcja>utworzył</funkcja>${who}</tworca><typ><kategoria>Collection</kategoria><rodzaj>Sprawa</rodzaj></typ><tytul><oryginalny jezyk="pol">Sprawa ${sign}</oryginalny></tytul></dokument>`;
