import { EXIT_CODES } from '../../core/errors.ts';
import { defineCommand } from '../command.ts';
import { installedFiles, remove } from '../schedule/apply-installation.ts';
import { projectInstallation } from '../schedule/project-schedule.ts';
import { defineScheduleOptions, type ScheduleOptions } from '../schedule/schedule-options.ts';
import { showInstallation } from '../schedule/show-installation.ts';

/** Lets the system begin no more nights of the project; shows first what would go. */
export const scheduleRemove = defineCommand<ScheduleOptions & { readonly yes?: boolean }>({
  name: 'remove',
  summary: 'schedule.remove',
  examples: ['ezd-migrate schedule remove', 'ezd-migrate schedule remove --kind systemd --yes'],
  define(command, texts) {
    command.option('--yes', texts.text('schedule.yes'));
    defineScheduleOptions(command, texts);
  },
  async run(cli, _args, { yes = false, ...options }) {
    const { config } = cli.loadConfig();
    const plan = projectInstallation(cli, config, { ...options, at: 0 });
    const files = installedFiles(cli, plan);
    const disable = options.into === undefined;
    const there = files.length > 0;
    showInstallation(cli, files, there && disable ? plan.disable : []);
    if (there && yes) remove(cli, plan, disable);
    const said = there ? (yes ? 'schedule.removed' : 'schedule.addYes') : 'schedule.nothing';
    cli.line(cli.texts.text(said, { name: plan.name, kind: plan.kind }));
    cli.result({ kind: plan.kind, name: plan.name, files, removed: there && yes });
    return EXIT_CODES.done;
  },
});
