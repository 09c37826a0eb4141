import type { TestDatabase } from '../database.ts';
import type { SqlType } from '../sql-type.ts';
import type { SqlRow, SqlValue } from '../value.ts';
import { SqlError } from './sql-error.ts';
import type { Expression, SelectStatement } from './syntax.ts';

/** What a statement runs in: the database, the session's settings, its parameters. */
export interface ExecutionContext {
  readonly db: TestDatabase;
  readonly session: SessionState;
  readonly parameters: ReadonlyMap<string, Parameter>;
}

export interface Parameter {
  readonly type: SqlType;
  readonly value: SqlValue;
}

/** What SET changes and functions tell. */
export interface SessionState {
  readonly id: number;
  readonly loginName: string;
  readonly appName: string;
  readonly encrypted: boolean;
  readonly readOnlyIntent: boolean;
  isolationLevel: string;
  lockTimeout: number;
  textSize: number;
  /** Permissions of the login, by permission name. */
  readonly permissions: ReadonlySet<string>;
}

/** A column that an expression can see: its place in the row of the pipeline. */
export interface ScopeColumn {
  readonly alias: string;
  readonly name: string;
  readonly type: SqlType;
  readonly nullable: boolean;
}

export interface Scope {
  readonly columns: readonly ScopeColumn[];
  /** Results of aggregates, by their node: the place in the row. */
  readonly aggregates: ReadonlyMap<Expression, { readonly at: number; readonly type: SqlType }>;
  readonly context: ExecutionContext;
  /** Runs a nested SELECT for one outer row; handed in, so that expressions need not know how selects run. */
  readonly runNested: (select: SelectStatement, scope: Scope) => NestedSelect;
}

export interface NestedSelect {
  readonly type: SqlType;
  readonly rows: (outer: SqlRow) => Iterable<SqlRow>;
}

/** Place of a column in the pipeline's row. Names compare without regard to case. */
export function resolveColumn(scope: Scope, name: readonly string[]): number {
  const column = name.at(-1)!.toLowerCase();
  const alias = name.length > 1 ? name.at(-2)!.toLowerCase() : undefined;
  // The innermost table wins: later columns belong to inner selects.
  for (let at = scope.columns.length - 1; at >= 0; at--) {
    const candidate = scope.columns[at]!;
    if (candidate.name.toLowerCase() !== column) continue;
    if (alias === undefined || candidate.alias.toLowerCase() === alias) return at;
  }
  throw alias === undefined
    ? new SqlError(207, `Invalid column name '${name.at(-1)}'.`)
    : new SqlError(4104, `The multi-part identifier "${name.join('.')}" could not be bound.`);
}
