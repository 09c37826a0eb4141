import { setImmediate as nextTurn } from 'node:timers/promises';
import type { Fault } from './faults.ts';
import { executeSelect } from './sql/execute.ts';
import { parseBatch } from './sql/parse.ts';
import type { ExecutionContext } from './sql/scope.ts';
import { SqlError } from './sql/sql-error.ts';
import type { SelectStatement, SetStatement } from './sql/syntax.ts';
import { executeSynthetic } from './sql/synthetic.ts';
import { type ByteWriter, byteWriter } from './wire/byte-writer.ts';
import { writeColumns } from './wire/columns.ts';
import type { MessageWriter } from './wire/packets.ts';
import { rowWriter } from './wire/row-writer.ts';
import { DONE, DONE_TOKEN, writeDone, writeMessage, writeReturnStatus } from './wire/tokens.ts';

export const SERVER_NAME = 'SQLTEST';
const FLUSH_AT = 48 * 1024;

/** How an answer reaches the client, and what may come between. */
export interface AnswerChannel {
  readonly writer: MessageWriter;
  /** True once the client has cancelled or gone. */
  readonly cancelled: () => boolean;
  /** Resolves when the client cancels or goes. */
  readonly whenCancelled: () => Promise<void>;
  /** Cuts the connection. */
  readonly drop: () => void;
  readonly fault: Fault | undefined;
}

/**
 * Answers one batch or sp_executesql call: runs its statements and writes their tokens. Rows are computed while they are
 * sent, so that a slow client holds the server back.
 */
export async function answer(
  sql: string,
  context: ExecutionContext,
  channel: AnswerChannel,
  isRpc: boolean,
): Promise<void> {
  const out = byteWriter();
  let failed = false;
  try {
    if (channel.fault !== undefined && (channel.fault.afterRows ?? 0) === 0) await happen(channel.fault, channel);
    const statements = parseBatch(sql);
    for (const [i, statement] of statements.entries()) {
      const more = isRpc || i < statements.length - 1 ? DONE.more : 0;
      const token = isRpc ? DONE_TOKEN.doneInProc : DONE_TOKEN.done;
      if (statement.kind === 'set') {
        applySet(statement, context);
        writeDone(out, token, more);
        continue;
      }
      const rows = await sendSelect(statement, context, channel, out);
      writeDone(out, token, more | DONE.count, rows);
    }
    if (statements.length === 0 && !isRpc) writeDone(out, DONE_TOKEN.done, 0);
  } catch (error) {
    if (error instanceof Dropped) return;
    failed = true;
    if (!(error instanceof Cancelled)) writeError(out, error);
    if (!isRpc) writeDone(out, DONE_TOKEN.done, DONE.error);
  }
  if (isRpc) {
    writeReturnStatus(out, failed ? 1 : 0);
    writeDone(out, DONE_TOKEN.doneProc, failed ? DONE.error : 0);
  }
  await channel.writer.write(out.take());
}

function writeError(out: ByteWriter, error: unknown): void {
  const known = error instanceof SqlError ? error : new SqlError(50000, `test server: ${String(error)}`);
  writeMessage(out, 'error', known.toMessage(), SERVER_NAME);
}

/** The connection is gone: nothing more can be said. */
class Dropped extends Error {}

/** The client has cancelled: the answer ends here. */
class Cancelled extends Error {}

async function sendSelect(
  select: SelectStatement,
  context: ExecutionContext,
  channel: AnswerChannel,
  out: ByteWriter,
): Promise<number> {
  const flush = async (): Promise<void> => {
    await channel.writer.write(out.take());
    // One turn of the event loop, so that an attention or a closed socket is noticed.
    await nextTurn();
  };
  const synthetic = executeSynthetic(select, context);
  const faultAt = channel.fault?.afterRows ?? 0;
  let sent = 0;
  if (synthetic !== undefined) {
    writeColumns(out, synthetic.columns);
    for (const chunk of synthetic.chunks()) {
      out.bytes(chunk.bytes);
      sent += chunk.rows;
      await flush();
      if (channel.cancelled()) return sent;
      if (faultAt > 0 && sent >= faultAt && sent - chunk.rows < faultAt) await happen(channel.fault!, channel);
    }
    return sent;
  }
  const result = executeSelect(select, context);
  writeColumns(out, result.columns);
  const write = rowWriter(result.columns);
  for (const row of result.rows) {
    if (faultAt > 0 && sent === faultAt) {
      await flush();
      await happen(channel.fault!, channel);
    }
    const before = out.length();
    try {
      write(out, row);
    } catch (error) {
      // Half a row would make the client read the error as data.
      out.truncate(before);
      throw error;
    }
    sent++;
    if (out.length() < FLUSH_AT) continue;
    await flush();
    if (channel.cancelled()) return sent;
  }
  return sent;
}

async function happen(fault: Fault, channel: AnswerChannel): Promise<void> {
  const { action } = fault;
  switch (action.kind) {
    case 'drop':
      // A moment, so that what was written before has left.
      await nextTurn();
      action.also?.();
      channel.drop();
      throw new Dropped();
    case 'stall':
      await channel.whenCancelled();
      throw new Cancelled();
    case 'delay':
      await Promise.race([new Promise((resolve) => setTimeout(resolve, action.milliseconds)), channel.whenCancelled()]);
      return;
    case 'error':
      throw new SqlError(action.number, action.message, action.severity);
  }
}

function applySet(statement: SetStatement, { session, db }: ExecutionContext): void {
  switch (statement.option) {
    case 'transaction isolation level':
      if (statement.value === 'snapshot' && !db.options.snapshotIsolation) {
        // SQL Server says so at the first access to data; here it is said at once.
        throw new SqlError(
          3952,
          `Snapshot isolation transaction failed accessing database '${db.name}' because snapshot isolation is not allowed in this database.`,
        );
      }
      session.isolationLevel = statement.value;
      return;
    case 'lock_timeout':
      session.lockTimeout = Number(statement.value);
      return;
    case 'textsize':
      session.textSize = Number(statement.value);
      return;
    default:
      if (!KNOWN_OPTIONS.has(statement.option)) {
        throw new SqlError(195, `'${statement.option}' is not a recognized SET option.`, 15);
      }
  }
}

/** Session options without an effect here: the driver sends them when it connects. */
const KNOWN_OPTIONS = new Set(
  'ansi_nulls ansi_null_dflt_on ansi_padding ansi_warnings arithabort concat_null_yields_null cursor_close_on_commit datefirst dateformat implicit_transactions language numeric_roundabort quoted_identifier xact_abort nocount deadlock_priority'.split(
    ' ',
  ),
);
