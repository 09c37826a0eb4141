import type { SqlType } from '../sql-type.ts';
import type { SqlValue } from '../value.ts';

/** The statements and expressions that the test server answers, as a tree. */
export type Statement = SetStatement | SelectStatement;

export interface SetStatement {
  readonly kind: 'set';
  /** `lock_timeout`, `transaction isolation level` … in lower case, and its value as written. */
  readonly option: string;
  readonly value: string;
}

export interface SelectStatement {
  readonly kind: 'select';
  readonly distinct: boolean;
  readonly top: Expression | undefined;
  readonly items: readonly SelectItem[];
  readonly from: readonly FromItem[];
  readonly where: Expression | undefined;
  readonly groupBy: readonly Expression[];
  readonly having: Expression | undefined;
  readonly orderBy: readonly OrderItem[];
  readonly offset: Expression | undefined;
  readonly fetch: Expression | undefined;
}

export interface SelectItem {
  readonly expression: Expression;
  readonly alias: string | undefined;
}

export interface FromItem {
  readonly join: 'first' | 'inner' | 'left' | 'cross';
  readonly source: TableSource;
  readonly alias: string;
  readonly on: Expression | undefined;
  /** TABLESAMPLE (n PERCENT). */
  readonly samplePercent: number | undefined;
}

export type TableSource =
  | { readonly kind: 'table'; readonly name: readonly string[] }
  | { readonly kind: 'function'; readonly name: string; readonly args: readonly Expression[] }
  | { readonly kind: 'changes'; readonly table: readonly string[]; readonly since: Expression }
  | { readonly kind: 'select'; readonly select: SelectStatement };

export interface OrderItem {
  readonly expression: Expression;
  readonly descending: boolean;
}

export type Expression =
  | { readonly kind: 'literal'; readonly type: SqlType; readonly value: SqlValue }
  | { readonly kind: 'variable'; readonly name: string }
  | { readonly kind: 'column'; readonly name: readonly string[] }
  | { readonly kind: 'unary'; readonly operator: '-' | 'not'; readonly operand: Expression }
  | { readonly kind: 'binary'; readonly operator: string; readonly left: Expression; readonly right: Expression }
  | { readonly kind: 'isNull'; readonly operand: Expression; readonly negated: boolean }
  | {
      readonly kind: 'in';
      readonly operand: Expression;
      readonly list: readonly Expression[];
      readonly negated: boolean;
    }
  | { readonly kind: 'like'; readonly operand: Expression; readonly pattern: Expression; readonly negated: boolean }
  | { readonly kind: 'exists'; readonly select: SelectStatement }
  | { readonly kind: 'scalar'; readonly select: SelectStatement }
  | { readonly kind: 'convert'; readonly type: SqlType; readonly operand: Expression; readonly style: number }
  | { readonly kind: 'collate'; readonly operand: Expression; readonly collation: string }
  | {
      readonly kind: 'case';
      readonly branches: readonly { readonly when: Expression; readonly value: Expression }[];
      readonly otherwise: Expression | undefined;
    }
  | {
      readonly kind: 'call';
      readonly name: string;
      readonly args: readonly Expression[];
      readonly distinct: boolean;
      readonly star: boolean;
    };
