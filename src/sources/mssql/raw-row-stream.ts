import { EventEmitter } from 'node:events';
import { createRequire } from 'node:module';
import { Readable } from 'node:stream';
import type { ConnectionPool } from 'mssql';
import { type Connection, Request, TYPES } from 'tedious';
import { type ChunkQueue, chunkQueue } from './chunk-queue.ts';
import type { ChunkRules } from './row-stream.ts';
import type { BuiltQuery } from './sql-builder.ts';
import { rowScanner, TDS_NBCROW, TDS_ROW } from './tds-rows.ts';

/** Whole rows as the server sent them. */
export interface TdsChunk {
  readonly bytes: Buffer;
  readonly rows: number;
  /** Where the last of them begins. */
  readonly lastRow: number;
  /** The driver's names of the wire types of the columns. */
  readonly types: readonly string[];
}

/** The driver's parser of tokens, as far as it is extended here. A test fails when another version of the driver has none. */
interface TokenParser {
  buffer: Buffer;
  position: number;
  colMetadata: readonly { readonly type: { readonly name: string } }[];
  readToken(type: number): Token | undefined | Promise<Token | undefined>;
  waitForChunk(): Promise<void>;
}
interface Token {
  readonly handlerName: string;
}
type TokenParserClass = new (message: AsyncIterable<Buffer>, debug: unknown, options: unknown) => TokenParser;

const DriverParser = createRequire(import.meta.url)('tedious/lib/token/stream-parser') as TokenParserClass;

/** A pool of the driver, as far as a connection is borrowed from it. */
interface Lender {
  acquire(borrower: object): Promise<Connection>;
  release(connection: Connection): void;
}

/** A connection whose parser is exchanged for one request. */
interface Exchangeable {
  createTokenStreamParser?: (
    message: AsyncIterable<Buffer>,
    handler: Readonly<Record<string, (token: Token) => void>>,
  ) => object;
  readonly debug: unknown;
  readonly config: { readonly options: unknown };
}

/**
 * Runs a SELECT and yields its rows as the server sent them. The driver does everything but reading values: that is left to the stage, in a worker
 * thread. Only rows whose ends can be found without reading them whole (see tds-rows.ts).
 */
export async function* rawRowStream(
  pool: ConnectionPool,
  query: BuiltQuery,
  rules: ChunkRules,
): AsyncGenerator<TdsChunk> {
  const lender = pool as unknown as Lender;
  const connection = await lender.acquire({});
  const exchangeable = connection as unknown as Exchangeable;
  let queue: ChunkQueue<TdsChunk> | undefined;
  const request = new Request(query.sql, (error) => {
    if (error !== undefined && error !== null) queue?.fail(firstOf(error));
    delete exchangeable.createTokenStreamParser;
    lender.release(connection);
    queue?.finish();
  });
  query.parameters.forEach((value, i) => {
    request.addParameter(`p${i}`, typeof value === 'string' ? TYPES.NVarChar : TYPES.Int, value);
  });
  const steered = {
    pause: () => request.pause(),
    resume: () => request.resume(),
    cancel: () => void connection.cancel(),
  };
  queue = chunkQueue<TdsChunk>({ steered, patience: rules.patience, signal: rules.signal });
  const { push, progress } = queue;
  request.on('row', (chunk: unknown) => push(chunk as TdsChunk));
  exchangeable.createTokenStreamParser = (message, handler) => {
    const parser = new RawRowParser(message, exchangeable.debug, exchangeable.config.options, {
      wanted: rules.rows,
      progress,
    });
    return tokenStream(parser, handler, (fault) => {
      queue?.fail(fault);
      connection.close();
    });
  };
  connection.execSql(request);
  yield* queue.drain();
}

/** Of several errors the first tells the cause. */
function firstOf(error: Error): unknown {
  return error instanceof AggregateError ? error.errors[0] : error;
}

interface RowRules {
  /** Rows of a chunk. */
  readonly wanted: number;
  /** Called whenever rows have come. */
  readonly progress: () => void;
}

const NO_BYTES = Buffer.alloc(0);
/** Bytes of the next packet in which the rest of a row is looked for first; a longer row is put together with the whole packet. */
const STITCH = 2048;

/** Takes runs of rows as they are; everything else is the driver's. */
class RawRowParser extends DriverParser {
  readonly #wanted: number;
  readonly #progress: () => void;
  #held: Buffer[] = [];
  #heldBytes = 0;
  #heldRows = 0;
  #lastRow = 0;
  #columns: TokenParser['colMetadata'] | undefined;
  #types: readonly string[] = [];
  #scan: ReturnType<typeof rowScanner> = () => -1;

  constructor(message: AsyncIterable<Buffer>, debug: unknown, options: unknown, rules: RowRules) {
    super(message, debug, options);
    this.#wanted = rules.wanted;
    this.#progress = rules.progress;
  }

  override readToken(type: number): Token | undefined | Promise<Token | undefined> {
    if (type === TDS_ROW || type === TDS_NBCROW) return this.#takeRows();
    if (this.#heldRows === 0) return super.readToken(type);
    // Rows that are held go first; the token is read again afterwards.
    this.position -= 1;
    return this.#flush();
  }

  /** Takes as many whole rows as are here and wanted. */
  #takeRows(): Token | undefined | Promise<Token | undefined> {
    if (this.#columns !== this.colMetadata) {
      this.#columns = this.colMetadata;
      this.#types = this.colMetadata.map(({ type }) => type.name);
      this.#scan = rowScanner(this.#types);
    }
    const { buffer } = this;
    const start = this.position - 1;
    let end = start;
    while (this.#heldRows < this.#wanted && (buffer[end] === TDS_ROW || buffer[end] === TDS_NBCROW)) {
      const next = this.#scan(buffer, end);
      if (next < 0) break;
      this.#lastRow = this.#heldBytes + end - start;
      this.#heldRows += 1;
      end = next;
    }
    this.position = end;
    if (end > start) {
      this.#progress();
      this.#hold(buffer.subarray(start, end));
      return this.#heldRows >= this.#wanted ? this.#flush() : undefined;
    }
    return this.#completeRow();
  }

  /** Waits for the rest of a row that lies across two packets. Only the row is put together, not the packet, which is a hundred times as long. */
  async #completeRow(): Promise<Token | undefined> {
    const begun = this.buffer.subarray(this.position);
    this.buffer = NO_BYTES;
    this.position = 0;
    try {
      await this.waitForChunk();
    } catch (fault) {
      this.buffer = begun;
      throw fault;
    }
    const row = Buffer.concat([begun, this.buffer.subarray(0, STITCH)]);
    const end = this.#scan(row, 0);
    if (end < begun.length) {
      this.buffer = Buffer.concat([begun, this.buffer]);
      return undefined;
    }
    this.#lastRow = this.#heldBytes;
    this.#heldRows += 1;
    this.#hold(row.subarray(0, end));
    this.position = end - begun.length;
    return this.#heldRows >= this.#wanted ? this.#flush() : undefined;
  }

  #hold(rows: Buffer): void {
    this.#held.push(rows);
    this.#heldBytes += rows.length;
  }

  #flush(): Token {
    const chunk: TdsChunk = {
      bytes: together(this.#held, this.#heldBytes),
      rows: this.#heldRows,
      lastRow: this.#lastRow,
      types: this.#types,
    };
    this.#held = [];
    this.#heldBytes = 0;
    this.#heldRows = 0;
    return { handlerName: 'onRow', columns: chunk } as Token;
  }
}

/** Puts pieces into memory that threads share, so that a chunk is not copied once more on its way to a worker. */
function together(pieces: readonly Buffer[], size: number): Buffer {
  const shared = Buffer.from(new SharedArrayBuffer(size));
  let at = 0;
  for (const piece of pieces) at += piece.copy(shared, at);
  return shared;
}

/** The loop of the driver over the tokens of one message. */
async function* tokensOf(parser: TokenParser): AsyncGenerator<Token> {
  for (;;) {
    try {
      await parser.waitForChunk();
    } catch (error) {
      if (parser.position === parser.buffer.length) return;
      throw error;
    }
    while (parser.buffer.length > parser.position) {
      const type = parser.buffer.readUInt8(parser.position);
      parser.position += 1;
      const found = parser.readToken(type);
      const token = found instanceof Promise ? await found : found;
      if (token !== undefined) yield token;
    }
  }
}

/** What the driver expects of a parser: it hands each token to the handler, can be held, and tells its end. */
function tokenStream(
  parser: TokenParser,
  handler: Readonly<Record<string, (token: Token) => void>>,
  onFault: (fault: unknown) => void,
): object {
  const emitter = new EventEmitter();
  const tokens = Readable.from(tokensOf(parser));
  tokens.on('data', (token: Token) => handler[token.handlerName]!(token));
  tokens.on('error', onFault);
  tokens.on('end', () => emitter.emit('end'));
  return Object.assign(emitter, { pause: () => tokens.pause(), resume: () => tokens.resume() });
}
