import type { ConnectionPool } from 'mssql';
import { EzdError } from '../../core/errors.ts';
import type { Emit } from '../../core/events.ts';
import type { Bilingual } from '../../core/signatures.ts';
import type { SourcePosition, SourceSlice } from '../../core/slice.ts';
import type { ReadRequest, Source } from '../source.ts';
import { ask } from './ask.ts';
import { cutPartitions } from './cut-partitions.ts';
import { type DatabaseCatalogue, type DatabaseTable, findTable, sourceCatalogue } from './database-catalogue.ts';
import { createMssqlChanges } from './mssql-changes.ts';
import { type MssqlConfig, type MssqlSettings, withDefaults } from './mssql-config.ts';
import { mssqlFault } from './mssql-faults.ts';
import { openPool } from './open-pool.ts';
import { readCatalogue } from './read-catalogue.ts';
import { type ReadingMode, readPartition } from './read-partition.ts';
import { type ValuePlace, valueChunks } from './read-value.ts';
import { type Retry, retrying } from './retrying.ts';
import { readServerFacts } from './server-facts.ts';
import type { BuiltQuery } from './sql-builder.ts';
import { planRequest, type TableReading } from './table-reading.ts';

/** A legacy SQL Server database as a source. Nothing but SELECT, and SET of session options, ever reaches it. */
export interface MssqlSource extends Source {
  readonly kind: 'mssql';
  /** The whole catalogue: keys, indexes, foreign keys, collation, row versioning, change tracking. Read anew each time. */
  describe(): Promise<DatabaseCatalogue>;
  /** Streams one value of a binary column in chunks of 1 MiB; each chunk is asked for again when the connection fails. Throws EzdError SOURCE_MISSING when it is not there. */
  readValue(place: ValuePlace, signal?: AbortSignal): AsyncIterable<Uint8Array>;
  /** The connections, for other readers of the same database (contents, inspect, sync). They may only SELECT. */
  pool(): Promise<ConnectionPool>;
}

export interface MssqlSourceOptions {
  /** Told of retries (`retry`) and of tables that can only be read the slow way (`note`). */
  readonly emit?: Emit;
  /** Waits between tries; for tests. */
  readonly wait?: Retry['wait'];
}

interface State {
  readonly settings: MssqlSettings;
  readonly emit: Emit;
  readonly retry: Retry;
  pool: Promise<ConnectionPool> | undefined;
  catalogue: Promise<DatabaseCatalogue> | undefined;
  /** Readers hold no locks: snapshot isolation or READ_COMMITTED_SNAPSHOT. */
  versioned: boolean;
}

/** Opens nothing yet: the first question connects. */
export function createMssqlSource(config: MssqlConfig, options: MssqlSourceOptions = {}): MssqlSource {
  const settings = withDefaults(config);
  const emit = options.emit ?? ((): void => undefined);
  const state: State = {
    settings,
    emit,
    retry: makeRetry(settings, emit, options.wait),
    pool: undefined,
    catalogue: undefined,
    versioned: false,
  };
  const describe = (): Promise<DatabaseCatalogue> => {
    state.catalogue = loadCatalogue(state);
    return state.catalogue;
  };
  return {
    kind: 'mssql',
    changes: createMssqlChanges({
      tableOf: (table) => tableOf(state, table),
      ask: (what, query) =>
        retrying(
          async () => guarded(state, what, ask(await connect(state), query)),
          state.retry,
          new AbortController().signal,
        ),
      read: (request) => read(state, request, null),
    }),
    describe,
    pool: () => connect(state),
    readValue: (place, signal) => readValue(state, place, signal ?? new AbortController().signal),
    catalogue: async () => sourceCatalogue(await describe()),
    partitions: async (table, key, wanted) => {
      const found = await tableOf(state, table);
      const question = async (): ReturnType<typeof cutPartitions> => {
        const pool = await connect(state);
        return guarded(
          state,
          { en: `Cutting ${table} into partitions`, pl: `Podział ${table} na części` },
          cutPartitions(pool, found, key, wanted),
        );
      };
      return retrying(question, state.retry, new AbortController().signal);
    },
    read: (request, position) => read(state, request, position),
    close: async () => {
      const pool = await state.pool?.catch(() => undefined);
      state.pool = undefined;
      await pool?.close();
    },
  };
}

function makeRetry(settings: MssqlSettings, emit: Emit, wait: Retry['wait']): Retry {
  return {
    attempts: settings.retries,
    ...(wait === undefined ? {} : { wait }),
    onRetry: ({ attempt, waitMilliseconds, reason }) => {
      emit({ kind: 'retry', what: 'source', attempt, waitMilliseconds, reason });
    },
  };
}

/** Connects once; snapshot isolation where the database allows it, else read committed. Never dirty reads. */
function connect(state: State): Promise<ConnectionPool> {
  state.pool ??= openBest(state).catch((error: unknown) => {
    state.pool = undefined;
    throw error;
  });
  return state.pool;
}

async function openBest(state: State): Promise<ConnectionPool> {
  const { settings } = state;
  if (settings.trustServerCertificate && settings.encrypt) {
    state.emit({ kind: 'note', code: 'MSSQL_CERTIFICATE_NOT_CHECKED', params: { server: settings.server } });
  }
  if (!settings.encrypt) state.emit({ kind: 'note', code: 'MSSQL_NOT_ENCRYPTED', params: { server: settings.server } });
  const pool = await openPool(settings, 'read committed');
  const facts = await guarded(state, IDENTIFYING, readServerFacts(pool));
  state.versioned = facts.snapshotIsolation || facts.readCommittedSnapshot;
  if (!facts.snapshotIsolation) return pool;
  await pool.close();
  return openPool(settings, 'snapshot');
}

const IDENTIFYING = { en: 'Asking the legacy database what it is', pl: 'Pytanie bazy źródłowej, czym jest' };
const READING_CATALOGUE = {
  en: 'Reading the catalogue of the legacy database',
  pl: 'Czytanie katalogu bazy źródłowej',
};

function loadCatalogue(state: State): Promise<DatabaseCatalogue> {
  const question = async (): Promise<DatabaseCatalogue> => {
    const pool = await connect(state);
    return guarded(state, READING_CATALOGUE, readCatalogue(pool));
  };
  return retrying(question, state.retry, new AbortController().signal);
}

async function guarded<T>(state: State, what: Bilingual, answer: Promise<T>): Promise<T> {
  try {
    return await answer;
  } catch (error) {
    throw mssqlFault(error, state.settings, what);
  }
}

async function tableOf(state: State, name: string): Promise<DatabaseTable> {
  state.catalogue ??= loadCatalogue(state);
  const table = findTable(await state.catalogue, name);
  if (table !== undefined) return table;
  throw new EzdError('SOURCE_MISSING', `The legacy database has no table ${name} that the login may see.`, {
    subject: name,
    hint: 'Check the name, and that the login has SELECT on it. Other schemas than dbo are written `schema.table`.',
  });
}

async function* readValue(state: State, place: ValuePlace, signal: AbortSignal): AsyncGenerator<Uint8Array> {
  const table = await tableOf(state, place.table);
  const askAgain = (query: BuiltQuery): Promise<{ part: Uint8Array | null }[]> => {
    const question = async (): Promise<{ part: Uint8Array | null }[]> =>
      guarded(
        state,
        { en: `Reading a value of ${place.table}`, pl: `Czytanie wartości z ${place.table}` },
        ask(await connect(state), query),
      );
    return retrying(question, state.retry, signal);
  };
  yield* valueChunks(askAgain, table, place);
}

async function* read(state: State, request: ReadRequest, position: SourcePosition): AsyncGenerator<SourceSlice> {
  const table = await tableOf(state, request.table);
  const reading = planRequest(table, request);
  const mode = readingMode(state, reading);
  if (!reading.indexed) {
    state.emit({
      kind: 'note',
      code: 'MSSQL_KEY_NOT_INDEXED',
      params: { table: request.table, key: request.key.join(', ') },
    });
  }
  const { settings, retry } = state;
  yield* readPartition({ pool: () => connect(state), settings, reading, request, mode, retry }, position);
}

/** Pages only where they are needed (locks) and can be had cheaply (an index gives the order). */
function readingMode(state: State, reading: TableReading): ReadingMode {
  if (!reading.indexed) return 'stream';
  const { reading: wish } = state.settings;
  if (wish !== 'auto') return wish;
  return state.versioned ? 'stream' : 'pages';
}
