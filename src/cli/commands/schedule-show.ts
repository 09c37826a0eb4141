import { EXIT_CODES } from '../../core/errors.ts';
import { defineCommand } from '../command.ts';
import { installedFiles } from '../schedule/apply-installation.ts';
import { projectInstallation } from '../schedule/project-schedule.ts';
import { defineScheduleOptions, type ScheduleOptions } from '../schedule/schedule-options.ts';
import { showInstallation } from '../schedule/show-installation.ts';

/** Shows what is installed for the project. */
export const scheduleShow = defineCommand<ScheduleOptions>({
  name: 'show',
  summary: 'schedule.show',
  examples: ['ezd-migrate schedule show', 'ezd-migrate schedule show --kind cron --json'],
  define: defineScheduleOptions,
  async run(cli, _args, options) {
    const { config } = cli.loadConfig();
    const plan = projectInstallation(cli, config, { ...options, at: 0 });
    const files = installedFiles(cli, plan);
    showInstallation(cli, files, []);
    if (files.length === 0) cli.line(cli.texts.text('schedule.nothing', { name: plan.name, kind: plan.kind }));
    cli.result({ kind: plan.kind, name: plan.name, installed: files.length > 0, files });
    return EXIT_CODES.done;
  },
});
