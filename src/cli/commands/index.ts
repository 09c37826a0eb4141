import type { CliCommand } from '../command.ts';
import { check } from './check.ts';
import { contents } from './contents.ts';
import { init } from './init.ts';
import { plan } from './plan.ts';
import { rejects } from './rejects.ts';
import { run } from './run.ts';
import { status } from './status.ts';

/** Every command, in the order of `--help`. Adding one is a line here. */
export const COMMANDS: readonly CliCommand[] = [init, check, plan, run, status, rejects, contents];
