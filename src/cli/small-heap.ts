import { setFlagsFromString } from 'node:v8';

/**
 * Asks V8 to collect garbage early instead of letting the heap grow while memory is plenty: a run of a million rows then needs as much as one of a hundred
 * thousand (docs/measurements.md). A program that runs at night beside a database server must not take what it can get.
 */
export const keepHeapSmall = (): void => setFlagsFromString('--heap-growing-percent=75');
