import { writeFileSync } from 'node:fs';
import { createKnex } from '../../src/write/postgres/knex.ts';
import { DEFAULT_LEDGER_SCHEMA, DEFAULT_SCHEMA, migrate } from '../../src/write/postgres/migrate.ts';
import { STORE_MIGRATIONS } from '../../src/write/postgres/schema/store-migrations.ts';
import { describeSchema } from './describe-schema.ts';
import { startEmbedded } from './postgres.ts';
import { schemaDocs } from './schema-docs.ts';

/** `npm run docs:schema`: installs the schema into an embedded store and writes docs/store-schema.md from its catalogue. */
const { db, close } = await startEmbedded();
const knex = createKnex({ kind: 'embedded', db });
await migrate(knex, { set: STORE_MIGRATIONS, schema: DEFAULT_SCHEMA, ledgerSchema: DEFAULT_LEDGER_SCHEMA });
writeFileSync('docs/store-schema.md', schemaDocs(await describeSchema(knex, DEFAULT_SCHEMA)));
await knex.destroy();
await close();
