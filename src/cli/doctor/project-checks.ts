import { EzdError, type Problem } from '../../core/errors.ts';
import { type Check, failed, ok, type Verdict, warning } from '../../doctor/check.ts';
import { compileProject, targetCatalogue } from '../compose.ts';
import { needs, type Resources } from './resources.ts';

/** The project file and its mappings; `unwise`: what was warned about when the file was read. */
export function projectChecks(parts: Resources, unwise: readonly Problem[]): readonly Check[] {
  const { file } = parts.config;
  return [
    {
      id: 'project.file',
      area: 'project',
      short: false,
      look: async () =>
        unwise.length === 0
          ? ok('projectGood', { file })
          : warning('projectUnwise', { file, count: unwise.length, first: unwise[0]!.message }, 'projectCure'),
    },
    { id: 'project.mapping', area: 'project', short: true, look: () => mapping(parts) },
  ];
}

/** The project file could not be used. */
export const brokenProject = (fault: EzdError): Check => ({
  id: 'project.file',
  area: 'project',
  short: true,
  look: async () =>
    failed(
      'projectBad',
      {
        reason: `${fault.message}.`,
        first: fault.problems.find(({ severity }) => severity !== 'warning')?.message ?? '',
      },
      'projectCure',
    ),
});

async function mapping(parts: Resources): Promise<Verdict> {
  const catalogue = await needs(parts.catalogue, 'noSource');
  try {
    const there = await parts.store().catch(() => undefined);
    const target = await targetCatalogue(parts.config, there ?? null);
    const { plan, warnings } = compileProject(parts.config, catalogue, target);
    const params = { entities: plan.entities.length, count: warnings.length };
    if (there === undefined) return warning('mappingHalf', params);
    return warnings.length === 0 ? ok('mappingGood', params) : warning('mappingWarnings', params, 'projectCure');
  } catch (fault) {
    if (!(fault instanceof EzdError) || fault.problems.length === 0) throw fault;
    const errors = fault.problems.filter(({ severity }) => severity !== 'warning');
    return failed('mappingBad', { count: errors.length, first: errors[0]?.message ?? fault.message }, 'projectCure');
  }
}
