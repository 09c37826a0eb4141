/** The text whose hash is the office's advisory lock. `s`: quoted ledger schema. */
export const lockKey = (s: string, office: string): string => `ezd-migrate ${s} ${office}`;
