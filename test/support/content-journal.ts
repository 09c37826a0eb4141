import { openStore, type StorePlace } from '../../src/cli/open-store.ts';
import { CONTENT_ENTITIES } from '../../src/contents/content-finding.ts';
import type { ContentJournal } from '../../src/contents/journal.ts';
import { openSqlJournal } from '../../src/contents/sql-journal.ts';
import { createLedgerNames } from '../../src/write/postgres/ledger-names.ts';

export const OFFICE = 'UG-PRZYKLADOWO';

/** The contents journal in a real ledger, as commands use it, with the store's schemas installed. */
export interface LedgerJournal {
  readonly journal: ContentJournal;
  query<Row>(sql: string, parameters?: readonly (string | number | null)[]): Promise<Row[]>;
  close(): Promise<void>;
}

export async function openLedgerJournal(place: StorePlace, run = 1): Promise<LedgerJournal> {
  const store = await openStore({ office: OFFICE, place, connections: 1 });
  const session = await store.pool.session();
  const names = createLedgerNames(OFFICE, store.ledgerSchema);
  const entities = [CONTENT_ENTITIES.document, CONTENT_ENTITIES.content];
  await names.ensure(session, entities);
  return {
    journal: openSqlJournal(session, {
      office: OFFICE,
      run,
      ledgerSchema: store.ledgerSchema,
      entityIds: new Map(entities.map((entity) => [entity, names.id(entity)])),
      target: { schema: store.schema, table: 'tresc', entity: CONTENT_ENTITIES.content },
    }),
    query: (sql, parameters) => session.query(sql, parameters),
    close: async () => {
      await session.release();
      await store.close();
    },
  };
}
