import { explainIssues } from '../yaml/explain-issues.ts';
import { parseYaml, type YamlFile, type YamlPath } from '../yaml/yaml-file.ts';
import type { Draft, Placed, PlacedExpression, PlacedValue } from './draft.ts';
import type { ProblemList } from './problem-list.ts';
import { readLookupValues } from './read-lookup-values.ts';
import { CORRECTION_FILE, type CorrectionFile, type CorrectionSpec } from './yaml-schema.ts';

/** Reads a YAML file of corrections. `folder` is where look-up files are relative to. */
export function readYaml(file: string, text: string, folder: string, problems: ProblemList): readonly Draft[] {
  const yaml = parseYaml(file, text, problems.language);
  problems.add(...yaml.problems);
  if (yaml.problems.length > 0) return [];
  const parsed = CORRECTION_FILE.safeParse(yaml.value);
  if (!parsed.success) {
    problems.add(...explainIssues(CORRECTION_FILE, parsed.error.issues, yaml, problems.language));
    return [];
  }
  return parsed.data.corrections.flatMap((spec, index) =>
    draftOf(spec, parsed.data, index, { yaml, folder, problems }),
  );
}

interface Reading {
  readonly yaml: YamlFile;
  readonly folder: string;
  readonly problems: ProblemList;
}

function draftOf(spec: CorrectionSpec, file: CorrectionFile, index: number, reading: Reading): readonly Draft[] {
  const { yaml } = reading;
  const path: YamlPath = ['corrections', index];
  const at = (...more: YamlPath): Placed['at'] => placeOf(yaml, [...path, ...more]);
  const date = spec.date ?? file.date ?? '';
  const common = {
    entity: { text: spec.entity, at: at('entity') },
    reason: (spec.reason ?? file.reason ?? '').trim(),
    author: (spec.author ?? file.author ?? '').trim(),
    date: {
      text: date instanceof Date ? date.toISOString().slice(0, 10) : date,
      at: spec.date === undefined && file.date !== undefined ? placeOf(yaml, ['date']) : at('date'),
    },
    at: at(),
  };
  const when = 'when' in spec && spec.when !== undefined ? expressionAt(yaml, [...path, 'when'], spec.when) : null;
  if ('set' in spec) {
    const set = Object.entries(spec.set).map(([name, wanted]): readonly [Placed, PlacedValue] => [
      { text: name, at: placeOf(yaml, [...path, 'set', name], 'key') },
      { text: textOf(wanted), at: at('set', name) },
    ]);
    return [{ ...common, kind: 'rule', set, when: when! }];
  }
  const field = { text: spec.field, at: at('field') };
  if ('key' in spec) {
    const key = { text: String(spec.key), at: at('key') };
    const old = { text: textOf(spec.old) ?? '', at: at('old') };
    return [{ ...common, kind: 'record', key, field, old, new: { text: textOf(spec.new), at: at('new') } }];
  }
  if ('values' in spec) {
    const values = Object.entries(spec.values).map(([old, wanted]): readonly [string, PlacedValue] => [
      old,
      { text: textOf(wanted), at: at('values', old) },
    ]);
    return [{ ...common, kind: 'lookup', field, values, when }];
  }
  const values = readLookupValues(reading.folder, spec.lookup, at('lookup'), reading.problems);
  return values === null ? [] : [{ ...common, kind: 'lookup', field, values, when }];
}

const textOf = (value: string | number | boolean | null): string | null =>
  value === null || value === '' ? null : typeof value === 'boolean' ? (value ? '1' : '0') : String(value);

/** The place alone: the text of the line may hold personal data. */
function placeOf(yaml: YamlFile, path: YamlPath, on: 'key' | 'value' = 'value'): Placed['at'] {
  const { file, line, column } = yaml.at(path, on);
  return { file, line, column };
}

const expressionAt = (yaml: YamlFile, path: YamlPath, text: string): PlacedExpression => ({
  text,
  inside: (offset, length) => yaml.inside(path, offset, length),
});
