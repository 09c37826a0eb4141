import { expect, it } from 'vitest';
import { tableStatements } from './sql-server.ts';

it('a table of a test becomes DDL for a true server: keys given, names quoted', () => {
  const statements = tableStatements({
    name: 'arch.Order',
    columns: [
      ['Id', 'int not null identity(1,1)'],
      ['Co to?]', 'varchar(20) collate Polish_CI_AS'],
    ],
    primaryKey: ['Id'],
    indexes: [{ name: 'IX', columns: ['Co to?]', 'Id'], unique: true }],
  });
  expect(statements).toEqual([
    'CREATE TABLE [arch].[Order] ([Id] int not null, [Co to?]]] varchar(20) collate Polish_CI_AS, PRIMARY KEY ([Id]))',
    'CREATE UNIQUE INDEX [IX] ON [arch].[Order] ([Co to?]]], [Id])',
  ]);
});
