/** What a test server does on command instead of answering. */
export interface Fault {
  /** Statements that it hits; every statement when absent. */
  readonly when?: RegExp;
  /** Rows that are sent before it happens; 0 when absent. */
  readonly afterRows?: number;
  /** How often it happens; once when absent. */
  readonly times?: number;
  readonly action: FaultAction;
}

export type FaultAction =
  /** The connection is cut, without a word; `also` runs at that moment (to refuse logins, to stop the server). */
  | { readonly kind: 'drop'; readonly also?: () => void }
  /** Nothing comes any more until the client cancels or leaves. */
  | { readonly kind: 'stall' }
  /** The answer waits so many milliseconds, then goes on. */
  | { readonly kind: 'delay'; readonly milliseconds: number }
  | { readonly kind: 'error'; readonly number: number; readonly message: string; readonly severity?: number };

export const LOCK_TIMEOUT: FaultAction = {
  kind: 'error',
  number: 1222,
  message: 'Lock request time out period exceeded.',
};

export const DEADLOCK: FaultAction = {
  kind: 'error',
  number: 1205,
  message:
    'Transaction (Process ID 52) was deadlocked on lock resources with another process and has been chosen as the deadlock victim. Rerun the transaction.',
  severity: 13,
};

/** The faults that wait for their statement. */
export interface FaultPlan {
  add: (fault: Fault) => void;
  clear: () => void;
  /** Takes the next fault that hits this statement. */
  take: (sql: string) => Fault | undefined;
}

export function faultPlan(): FaultPlan {
  const waiting: { fault: Fault; left: number }[] = [];
  return {
    add: (fault) => waiting.push({ fault, left: fault.times ?? 1 }),
    clear: () => {
      waiting.length = 0;
    },
    take: (sql) => {
      const found = waiting.find(({ fault, left }) => left > 0 && (fault.when === undefined || fault.when.test(sql)));
      if (found !== undefined) found.left -= 1;
      return found?.fault;
    },
  };
}
