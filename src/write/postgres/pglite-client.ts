import { createRequire } from 'node:module';
import type { PGlite, Results } from '@electric-sql/pglite';
import type { Knex } from 'knex';
import { VALUE_PARSERS } from './value-parsers.ts';

/** The parts of knex's own PostgreSQL client that this one replaces (knex does not publish their types). */
interface PgClientBase {
  readonly config: Knex.Config;
  version: string | undefined;
  acquireRawConnection(): Promise<unknown>;
  destroyRawConnection(connection: unknown): Promise<void>;
}
type PgClientClass = new (config: Knex.Config) => PgClientBase;

/** What knex hands over for one statement, and where it expects the answer. */
interface Statement {
  readonly sql: string;
  readonly bindings?: readonly unknown[];
  response?: PgResponse;
}
interface PgResponse {
  readonly command: string;
  readonly rows: readonly unknown[];
  readonly rowCount: number;
  readonly fields: readonly { name: string; dataTypeID: number }[];
}

const ClientPg = createRequire(import.meta.url)('knex/lib/dialects/postgres/index.js') as PgClientClass;

/**
 * knex's PostgreSQL client on a PGlite that is open already, so that the same migrations and queries run embedded and on a server.
 * There is one connection only: pool size 1, and a transaction keeps everybody else waiting.
 */
export class PgliteClient extends ClientPg {
  _driver(): object {
    return {};
  }

  override async acquireRawConnection(): Promise<PGlite> {
    const { pglite } = this.config.connection as unknown as { pglite: PGlite };
    await pglite.waitReady;
    if (this.version === undefined) {
      const { rows } = await pglite.query<{ version: string }>(`select current_setting('server_version') as version`);
      this.version = rows[0]?.version;
    }
    return pglite;
  }

  /** The owner of the PGlite closes it. */
  override async destroyRawConnection(): Promise<void> {}

  async _query(connection: PGlite, statement: Statement): Promise<Statement> {
    const { sql, bindings = [] } = statement;
    const options = { parsers: VALUE_PARSERS };
    const results =
      bindings.length === 0
        ? await connection.exec(sql, options)
        : [await connection.query(sql, [...bindings], options)];
    statement.response = responseOf(sql, results.at(-1));
    return statement;
  }
}

function responseOf(sql: string, result: Results<unknown> | undefined): PgResponse {
  const rows = result?.rows ?? [];
  const command = /^\s*(\w+)/.exec(sql)?.[1]?.toUpperCase() ?? '';
  return { command, rows, rowCount: result?.affectedRows || rows.length, fields: result?.fields ?? [] };
}
