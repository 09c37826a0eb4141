import { join } from 'node:path';
import type { Config } from '../../config/config.ts';
import { EXIT_CODES } from '../../core/errors.ts';
import type { Installation } from '../../schedule/installation.ts';
import { ENVIRONMENT_FILE } from '../../schedule/schedule.ts';
import type { Cli } from '../cli.ts';
import { defineCommand, percentage } from '../command.ts';
import { install } from '../schedule/apply-installation.ts';
import { projectInstallation, type ScheduleChoice } from '../schedule/project-schedule.ts';
import { defineScheduleOptions, timeOfDay } from '../schedule/schedule-options.ts';
import { showInstallation } from '../schedule/show-installation.ts';

type InstallOptions = ScheduleChoice & { readonly yes?: boolean };

/** Two o'clock, when nobody works. */
const TWO = 120;

/** Lets the system begin every night; shows first what it would write. */
export const scheduleInstall = defineCommand<InstallOptions>({
  name: 'install',
  summary: 'schedule.install',
  examples: [
    'ezd-migrate schedule install --at 02:00 --until 05:30',
    'ezd-migrate schedule install --at 02:00 --until 05:30 --kind systemd --account ezd --yes',
    'ezd-migrate schedule install --at 22:30 --kind cron --yes',
    'ezd-migrate schedule install --at 02:00 --kind windows-task --account URZAD\\migracja --into D:\\zadania --yes',
  ],
  define(command, texts) {
    command
      .option('--at <HH:MM>', texts.text('schedule.at'), timeOfDay('--at', texts), TWO)
      .option('--until <HH:MM>', texts.text('night.until'), timeOfDay('--until', texts))
      .option('--sample <percent>', texts.text('night.sample'), percentage('--sample', texts))
      .option('--account <name>', texts.text('schedule.account'))
      .option('--yes', texts.text('schedule.yes'));
    for (const option of command.options) if (option.long === '--at') option.defaultValueDescription = '02:00';
    defineScheduleOptions(command, texts);
  },
  async run(cli, _args, { yes = false, ...choice }) {
    const { config } = cli.loadConfig();
    const plan = projectInstallation(cli, config, choice);
    // Into a folder the files are only written: somebody else installs them.
    const enable = choice.into === undefined;
    showInstallation(cli, plan.files, enable ? plan.enable : []);
    if (yes) install(cli, plan, enable);
    cli.line(yes ? cli.style.green(cli.texts.text('schedule.done')) : cli.texts.text('schedule.addYes'));
    hint(cli, plan, config);
    const { kind, name, files } = plan;
    cli.result({ kind, name, files, commands: enable ? plan.enable : [], written: yes, enabled: yes && enable });
    return EXIT_CODES.done;
  },
});

/** What the machine does not know from the files: variables, the password of an account, nights while nobody is logged in. */
function hint(cli: Cli, plan: Installation, { folder }: Config): void {
  const { texts } = cli;
  const key = {
    systemd: 'schedule.hintSystemd',
    cron: 'schedule.hintCron',
    'windows-task': 'schedule.hintWindows',
  } as const;
  cli.line(texts.text(key[plan.kind], { file: join(folder, ENVIRONMENT_FILE) }));
}
