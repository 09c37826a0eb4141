import { availableParallelism } from 'node:os';

/** Workers that read side by side unless told otherwise: one a processor. On a slow share more of them hide its latency. */
export const defaultJobs = (): number => Math.min(8, Math.max(2, availableParallelism()));
