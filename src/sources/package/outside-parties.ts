import { hash } from 'node:crypto';
import { folderId } from './item-keys.ts';
import { identifierOf, type Party } from './package-object.ts';
import { number } from './party-table.ts';
import { caseSignOf, type PackageItem } from './read-package.ts';

/** A person or institution outside the office, as one object names it. */
export interface OutsideParty {
  readonly party: Party;
  /** Key of the person: equal for everybody who is the same by `identityOf`. */
  readonly person: string;
  /** Key of the address; null: none is given. */
  readonly address: string | null;
  /** Key of the part this person has in the folder. */
  readonly participant: string;
  readonly role: 'nadawca' | 'odbiorca';
}

/**
 * People of one document outside the office. An institution with an employee or a unit is the office itself, and so is who classified the object; a creator without
 * either is the sender of an incoming letter. Nobody of a case: its creator is the employee who keeps it.
 */
export function outsideParties(item: PackageItem): readonly OutsideParty[] {
  if (item.kind === 'case') return [];
  const folder = folderName(item);
  return item.object.parties.flatMap((party) => {
    if (party.role === 'kwalifikacja' || party.employee !== null || party.units.length > 0) return [];
    if (party.surname === null && party.name === null) return [];
    const role = party.role === 'odbiorca' ? 'odbiorca' : 'nadawca';
    const person = `osoba:${digest(identityOf(party))}`;
    const place = party.address === null ? '' : addressText(party.address);
    const address = place === '' ? null : `${person}|${digest(place)}`;
    return [{ party, person, address, participant: `${folder}|${person}|${role}`, role } as const];
  });
}

/** Keys by which each person, address and participant of an object is known again. */
export const partyNames = (item: PackageItem): readonly string[] =>
  outsideParties(item).flatMap(({ person, address, participant }) =>
    address === null ? [person, participant] : [person, address, participant],
  );

/** The folder as this object alone knows it: enough to tell participants of two folders apart. */
const folderName = ({ object }: PackageItem): string =>
  folderId(object) ?? `znak:${caseSignOf(object) ?? identifierOf(object, 'SystemID') ?? ''}`;

/**
 * What makes two mentions one person: the same name and the same PESEL, NIP and REGON; when none of these is given, the same address too. So two people of one name
 * are never taken for one, at the price that one person who is written in two ways is there twice.
 */
function identityOf(party: Party): string {
  const name = [party.kind, party.surname, party.firstName, party.name].map((part) => fold(part ?? ''));
  const ids = ['PESEL', 'NIP', 'REGON'].map((type) => fold(number(party, type) ?? '').replaceAll(/[\s-]/g, ''));
  const where = ids.some((id) => id !== '') || party.address === null ? '' : addressText(party.address);
  return [...name, ...ids, where].join('\u0000');
}

const addressText = (address: Readonly<Record<string, string>>): string =>
  ['miejscowosc', 'kod', 'poczta', 'ulica', 'budynek', 'lokal', 'skrytka']
    .map((name) => fold(address[name] ?? ''))
    .join('\u0000')
    .replace(/^\u0000+$/, '');

const fold = (text: string): string => text.normalize('NFC').trim().replaceAll(/\s+/g, ' ').toLowerCase();

/** Keys stand in findings and logs: they must not be personal data, so they are digests. */
const digest = (text: string): string => hash('sha256', text, 'hex').slice(0, 20);
