import type { TransformCall } from '../../core/plan.ts';
import type { ValueType } from '../../core/signatures.ts';
import type { YamlPath } from '../../yaml/yaml-file.ts';
import { canBecome } from '../check/source-type.ts';
import { checkArgument } from './check-argument.ts';
import type { Scope } from './scope.ts';

type DoList = readonly (string | Record<string, unknown>)[];

export interface TypedCalls {
  readonly calls: readonly TransformCall[];
  readonly type: ValueType;
}

/** Compiles `do:`; checks names, arguments and that each transform can take what the one before yields. */
export function compileTransforms(scope: Scope, list: DoList, start: ValueType, path: YamlPath): TypedCalls {
  const calls: TransformCall[] = [];
  let type = start;
  for (const [index, entry] of list.entries()) {
    const call = compileCall(scope, entry, [...path, index], type);
    if (call === null) {
      type = 'any';
      continue;
    }
    calls.push(call);
    const gives = scope.transforms[call.name]?.gives ?? 'any';
    if (gives !== 'same') type = gives;
  }
  return { calls, type };
}

function compileCall(
  scope: Scope,
  entry: string | Record<string, unknown>,
  path: YamlPath,
  type: ValueType,
): TransformCall | null {
  const [name, argument] =
    typeof entry === 'string' ? [entry, undefined] : (Object.entries(entry)[0] ?? ['', undefined]);
  if (typeof entry !== 'string' && Object.keys(entry).length !== 1) {
    scope.report.error('oneKey', { count: Object.keys(entry).length }, scope.document.at(path));
    return null;
  }
  const place = typeof entry === 'string' ? path : [...path, name];
  if (!Object.hasOwn(scope.transforms, name)) {
    const at = scope.document.at(place, 'key');
    scope.report.error('unknownTransform', { name }, at, scope.report.near(name, Object.keys(scope.transforms)));
    return null;
  }
  const signature = scope.transforms[name]!;
  if (!signature.takes.some((takes) => canBecome(type, takes)))
    scope.report.error(
      'clashTransform',
      { name, takes: signature.takes.join(', '), type },
      scope.document.at(place, 'key'),
    );
  const checked = checkArgument(scope, name, signature.argument, argument, place);
  return checked === undefined ? null : { name, arg: checked };
}
