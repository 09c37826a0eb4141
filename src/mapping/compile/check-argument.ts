import type { TransformCall } from '../../core/plan.ts';
import type { ArgumentSignature, Scalar, ScalarSignature } from '../../core/signatures.ts';
import type { YamlPath } from '../../yaml/yaml-file.ts';
import type { Scope } from './scope.ts';

type Argument = TransformCall['arg'];

/** Checks the argument of a transform; undefined when it does not fit (then reported), null where there is none. */
export function checkArgument(
  scope: Scope,
  name: string,
  signature: ArgumentSignature,
  found: unknown,
  path: YamlPath,
): Argument | undefined {
  if (signature.kind === 'none') {
    if (found === undefined || found === null) return null;
    scope.report.error('noArgument', { name }, scope.document.at(path));
    return undefined;
  }
  if (found === undefined || (found === null && signature.kind !== 'list')) return absent(scope, name, signature, path);
  if (signature.kind === 'list') return checkList(scope, name, signature.of, found, path);
  if (signature.kind === 'options') return checkOptions(scope, name, signature.options, found, path);
  return checkScalar(scope, name, signature, found, path);
}

function absent(scope: Scope, name: string, signature: ArgumentSignature, path: YamlPath): Argument | undefined {
  if (signature.kind === 'options' && Object.values(signature.options).every((option) => option.optional))
    return checkOptions(scope, name, signature.options, {}, path);
  if ('optional' in signature && signature.optional) return 'default' in signature ? (signature.default ?? null) : null;
  scope.report.error('needsArgument', { name, expected: expectedOf(scope, signature) }, scope.document.at(path, 'key'));
  return undefined;
}

function checkList(
  scope: Scope,
  name: string,
  signature: ScalarSignature,
  found: unknown,
  path: YamlPath,
): Argument | undefined {
  if (!Array.isArray(found)) {
    bad(scope, name, scope.report.text('argList'), found, path);
    return undefined;
  }
  const values = found.map((value: unknown, index) => checkScalar(scope, name, signature, value, [...path, index]));
  return values.some((value) => value === undefined) ? undefined : (values as Scalar[]);
}

function checkOptions(
  scope: Scope,
  name: string,
  options: Readonly<Record<string, ScalarSignature>>,
  found: unknown,
  path: YamlPath,
): Readonly<Record<string, Scalar>> | undefined {
  if (typeof found !== 'object' || found === null || Array.isArray(found)) {
    bad(scope, name, scope.report.text('argOptions', { options: Object.keys(options).join(', ') }), found, path);
    return undefined;
  }
  let fine = true;
  const given = found as Record<string, unknown>;
  for (const option of Object.keys(given)) {
    if (Object.hasOwn(options, option)) continue;
    const at = scope.document.at([...path, option], 'key');
    scope.report.error('unknownOption', { name, option }, at, scope.report.near(option, Object.keys(options)));
    fine = false;
  }
  const checked: Record<string, Scalar> = {};
  for (const [option, signature] of Object.entries(options)) {
    const value = checkOption(scope, `${name}.${option}`, signature, given[option], [...path, option]);
    if (value === undefined) fine = false;
    else checked[option] = value;
  }
  return fine ? checked : undefined;
}

/** One named option, with its default when it is left out; undefined, reported, when it does not fit. */
export function checkOption(
  scope: Scope,
  name: string,
  signature: ScalarSignature,
  found: unknown,
  path: YamlPath,
): Scalar | undefined {
  if (found !== undefined) return checkScalar(scope, name, signature, found, path);
  if (signature.optional || signature.default !== undefined) return signature.default ?? null;
  scope.report.error('needsArgument', { name, expected: expectedOf(scope, signature) }, scope.document.at(path, 'key'));
  return undefined;
}

function checkScalar(
  scope: Scope,
  name: string,
  signature: ScalarSignature,
  found: unknown,
  path: YamlPath,
): Scalar | undefined {
  if (fits(signature, found)) return found as Scalar;
  const allowed = signature.kind === 'string' && typeof found === 'string' ? (signature.allowed ?? []) : [];
  const near = allowed.length === 0 ? [] : scope.report.near(String(found), allowed).slice(0, 1);
  bad(scope, name, expectedOf(scope, signature), found, path, near);
  return undefined;
}

function fits(signature: ScalarSignature, found: unknown): boolean {
  switch (signature.kind) {
    case 'integer':
      return Number.isSafeInteger(found) && inRange(signature, found as number);
    case 'number':
      return typeof found === 'number' && inRange(signature, found);
    case 'boolean':
      return typeof found === 'boolean';
    case 'string':
      return (
        typeof found === 'string' &&
        (signature.allowed?.includes(found) ?? true) &&
        (signature.pattern !== true || isPattern(found))
      );
  }
}

const inRange = (range: { readonly min?: number; readonly max?: number }, value: number): boolean =>
  value >= (range.min ?? Number.NEGATIVE_INFINITY) && value <= (range.max ?? Number.POSITIVE_INFINITY);

function isPattern(text: string): boolean {
  try {
    new RegExp(text, 'u');
    return true;
  } catch {
    return false;
  }
}

/** What an argument should be, in words. */
function expectedOf(scope: Scope, signature: ArgumentSignature): string {
  const { text } = scope.report;
  switch (signature.kind) {
    case 'integer':
      return range(scope, signature, text('argInteger'));
    case 'number':
      return range(scope, signature, text('argNumber'));
    case 'boolean':
      return text('argBoolean');
    case 'string':
      if (signature.allowed !== undefined) return text('argOneOf', { allowed: signature.allowed.join(', ') });
      return text(signature.pattern ? 'argPattern' : 'argText');
    case 'list':
      return text('argList');
    case 'options':
      return text('argOptions', { options: Object.keys(signature.options).join(', ') });
    case 'none':
      return '';
  }
}

function range(scope: Scope, { min, max }: { readonly min?: number; readonly max?: number }, what: string): string {
  if (min === undefined && max === undefined) return what;
  if (max === undefined) return scope.report.text('argAtLeast', { what, min: min! });
  return min === undefined
    ? scope.report.text('argAtMost', { what, max })
    : scope.report.text('argRange', { what, min, max });
}

function bad(
  scope: Scope,
  name: string,
  expected: string,
  found: unknown,
  path: YamlPath,
  hints: readonly string[] = [],
): void {
  scope.report.error('badArgument', { name, expected, found: JSON.stringify(found) }, scope.document.at(path), hints);
}
