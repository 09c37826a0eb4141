import { CHECK_TEXTS } from './texts/check-texts.ts';
import { COMMAND_LINE_TEXTS } from './texts/command-line-texts.ts';
import { CONTENTS_TEXTS } from './texts/contents-texts.ts';
import { CORRECTIONS_TEXTS } from './texts/corrections-texts.ts';
import { DEMO_TEXTS } from './texts/demo-texts.ts';
import { DOCTOR_COMMAND_TEXTS } from './texts/doctor-texts.ts';
import { HISTORY_TEXTS } from './texts/history-texts.ts';
import { INIT_TEXTS } from './texts/init-texts.ts';
import { INSPECT_TEXTS } from './texts/inspect-texts.ts';
import { LOGS_TEXTS } from './texts/logs-texts.ts';
import { NIGHT_TEXTS } from './texts/night-texts.ts';
import { PACKAGE_TEXTS } from './texts/package-texts.ts';
import { PLAN_TEXTS } from './texts/plan-texts.ts';
import { PROTOCOL_TEXTS } from './texts/protocol-texts.ts';
import { RECONCILE_TEXTS } from './texts/reconcile-texts.ts';
import { REJECTS_TEXTS } from './texts/rejects-texts.ts';
import { REPORT_TEXTS } from './texts/report-texts.ts';
import { ROLLBACK_TEXTS } from './texts/rollback-texts.ts';
import { RULES_TEXTS } from './texts/rules-texts.ts';
import { RUN_TEXTS } from './texts/run-texts.ts';
import { SCHEDULE_TEXTS } from './texts/schedule-texts.ts';
import { STATUS_TEXTS } from './texts/status-texts.ts';
import { SYNC_TEXTS } from './texts/sync-texts.ts';
import { TABLES_TEXTS } from './texts/tables-texts.ts';
import { VALIDATE_TEXTS } from './texts/validate-texts.ts';

/** What the command line says, in both languages: one file a command in `texts/`. Keys: `command.what`. */
export const CLI_TEXTS = {
  ...COMMAND_LINE_TEXTS,
  ...VALIDATE_TEXTS,
  ...HISTORY_TEXTS,
  ...ROLLBACK_TEXTS,
  ...RULES_TEXTS,
  ...RUN_TEXTS,
  ...DEMO_TEXTS,
  ...INIT_TEXTS,
  ...CHECK_TEXTS,
  ...DOCTOR_COMMAND_TEXTS,
  ...PLAN_TEXTS,
  ...STATUS_TEXTS,
  ...REJECTS_TEXTS,
  ...CORRECTIONS_TEXTS,
  ...REPORT_TEXTS,
  ...PROTOCOL_TEXTS,
  ...TABLES_TEXTS,
  ...SYNC_TEXTS,
  ...CONTENTS_TEXTS,
  ...RECONCILE_TEXTS,
  ...INSPECT_TEXTS,
  ...PACKAGE_TEXTS,
  ...LOGS_TEXTS,
  ...NIGHT_TEXTS,
  ...SCHEDULE_TEXTS,
};

export type CliText = keyof typeof CLI_TEXTS;
