import { hash } from 'node:crypto';
import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { Table } from '../tds/database.ts';
import type { SqlRow, SqlValue } from '../tds/value.ts';
import { type Night, pick, set } from './change-office.ts';
import { STAMP_COLUMN } from './living-office.ts';

/**
 * Tables that say where bytes lie. When contents are followed nothing else changes them: of a file whose place is lost the store keeps the bytes that it has, and
 * a fresh load has none.
 */
export const PLACE_TABLES = ['ZalacznikiLokalizacje', 'ZalacznikiDane'];

/** Files of a night: new bytes under a known id (with size and hash), and new files. `repository`: its folder. */
export function changeContents(night: Night, repository: string, count: number): void {
  for (let i = 0; i < count; i++) (night.random() < 0.5 ? rewrite : add)(night, repository);
}

const FILES = 'dbo.Zalaczniki';
const PLACES = 'dbo.ZalacznikiLokalizacje';

function rewrite(night: Night, repository: string): void {
  const [files, places, values] = [night.db.table(FILES), night.db.table(PLACES), night.db.table('dbo.ZalacznikiDane')];
  const inDatabase = new Set(values.rows.map((row) => cell(values, row, 'IdZalacznika')));
  const place = pick(night.random, places.rows);
  const id = cell(places, place, 'IdZalacznika');
  const file = files.rows.find((row) => cell(files, row, 'ID') === id);
  // A record that is gone comes back with the size and hash that it had.
  if (file === undefined || inDatabase.has(id)) return;
  set(night, files, file, write(night, repository, places, place));
}

function add(night: Night, repository: string): void {
  const [files, places] = [night.db.table(FILES), night.db.table(PLACES)];
  const like = pick(night.random, places.rows);
  const id = next(files, 'ID');
  const place = withCells(places, like, {
    Id: next(places, 'Id'),
    IdZalacznika: id,
    IdentyfikatorZawartosci: String(id),
    [STAMP_COLUMN]: night.now,
  });
  const written = write(night, repository, places, place);
  const file = pick(night.random, files.rows);
  night.db.insert(FILES, withCells(files, file, { ID: id, ...written, [STAMP_COLUMN]: night.now }));
  night.db.insert(PLACES, place);
}

/** Writes other bytes where the place says, as often as not those that another file has too; returns what the row of the file says of them. */
function write(night: Night, repository: string, places: Table, place: SqlRow): Readonly<Record<string, SqlValue>> {
  const [container, name] = [
    cell(places, place, 'IdentyfikatorKontenera'),
    cell(places, place, 'IdentyfikatorZawartosci'),
  ];
  const path = join(repository, String(container), String(name));
  const bytes = Buffer.from(`Treść ${Math.floor(night.random() * 40)}\n`.repeat(1 + Math.floor(night.random() * 3)));
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, bytes);
  return { Rozmiar: bytes.length, Hash: hash('sha512', bytes, 'hex') };
}

const placeOf = (table: Table, name: string): number => table.columns.findIndex((column) => column.name === name);

const cell = (table: Table, row: SqlRow, name: string): SqlValue => row[placeOf(table, name)]!;

const next = (table: Table, name: string): number =>
  table.rows.reduce((most, row) => Math.max(most, Number(cell(table, row, name))), 0) + 1;

function withCells(table: Table, row: SqlRow, cells: Readonly<Record<string, SqlValue>>): SqlRow {
  const made = [...row];
  for (const [name, value] of Object.entries(cells)) made[placeOf(table, name)] = value;
  return made;
}
