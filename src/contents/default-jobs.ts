import { availableParallelism } from 'node:os';

/** Workers that read side by side unless told otherwise: more than processors, since each waits for the disk now and then. */
export const defaultJobs = (): number => Math.min(8, Math.max(2, availableParallelism() * 2));
