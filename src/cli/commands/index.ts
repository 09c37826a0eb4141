import type { CliCommand } from '../command.ts';
import { check } from './check.ts';
import { contents } from './contents.ts';
import { corrections } from './corrections.ts';
import { demo } from './demo.ts';
import { doctor } from './doctor.ts';
import { explain } from './explain.ts';
import { history } from './history.ts';
import { init } from './init.ts';
import { inspect } from './inspect.ts';
import { packages } from './package.ts';
import { plan } from './plan.ts';
import { protocol } from './protocol.ts';
import { reconcile } from './reconcile.ts';
import { rejects } from './rejects.ts';
import { report } from './report.ts';
import { rollback } from './rollback.ts';
import { rules } from './rules.ts';
import { run } from './run.ts';
import { runNightly } from './run-nightly.ts';
import { schedule } from './schedule.ts';
import { status } from './status.ts';
import { sync } from './sync.ts';
import { validate } from './validate.ts';

/** Every command, in the order of `--help`. Adding one is a line here. */
export const COMMANDS: readonly CliCommand[] = [
  demo,
  init,
  check,
  doctor,
  inspect,
  plan,
  validate,
  run,
  sync,
  runNightly,
  schedule,
  status,
  reconcile,
  rejects,
  protocol,
  corrections,
  history,
  rollback,
  report,
  contents,
  rules,
  explain,
  packages,
];
