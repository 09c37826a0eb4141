import type { z } from 'zod';
import { didYouMean } from '../core/did-you-mean.ts';
import type { FilePosition, Problem } from '../core/errors.ts';
import { fill, type Language } from '../core/text.ts';
import { YAML_TEXTS } from './yaml-texts.ts';

type Schema = z.core.$ZodType;
type Issue = z.core.$ZodIssue;
type Path = readonly PropertyKey[];

/** What the explanation needs to know of the file: its data and where they stand. */
export interface Placed {
  readonly value: unknown;
  at(path: readonly (string | number)[], on?: 'key' | 'value'): FilePosition;
}

/**
 * Turns what zod found into problems for people: where it stands, what is allowed, the nearest allowed word. Of a union only the branch that the author
 * evidently meant is explained (the one whose keys are there), never all of them.
 */
export function explainIssues(
  schema: Schema,
  issues: readonly Issue[],
  file: Placed,
  language: Language = 'en',
): readonly Problem[] {
  return issues.flatMap((issue) => explain({ schema, base: [], file, language }, issue));
}

interface Context {
  readonly schema: Schema;
  /** Path of `schema` in the file. */
  readonly base: Path;
  readonly file: Placed;
  readonly language: Language;
  /** Where `schema` is one branch of a union: the keys that tell the branches apart. */
  readonly kinds?: readonly string[];
}

function explain(context: Context, issue: Issue): readonly Problem[] {
  const path = [...context.base, ...issue.path];
  const schema = schemaAt(context.schema, issue.path);
  if (issue.code === 'invalid_union' && issue.discriminator !== undefined)
    return [notAllowed(context, path, kindsOf(schemaAt(context.schema, issue.path.slice(0, -1)), issue.discriminator))];
  if (issue.code === 'invalid_union') return explainUnion(context, issue, path, schema);
  if (issue.code === 'unrecognized_keys') return issue.keys.map((key) => unknownKey(context, schema, path, key));
  if (issue.code === 'invalid_value') return [notAllowed(context, path, issue.values)];
  if (issue.code === 'too_small') return [problem(context, path, smallness(issue), { minimum: String(issue.minimum) })];
  if (issue.code === 'invalid_key') return [wrongName(context, path, issue.issues)];
  if (issue.code === 'invalid_type') return [wrongType(context, path, issue.expected)];
  return [problem(context, path, 'badValue', { reason: issue.message })];
}

/** What the telling key of a union of objects may say. */
const kindsOf = (schema: Schema | null, key: string): readonly unknown[] =>
  unionOptions(schema).flatMap((option) => {
    const told = defOf(option).shape?.[key];
    return told === undefined ? [] : (defOf(bare(told)).values ?? []);
  });

const smallness = (issue: z.core.$ZodIssueTooSmall): keyof typeof YAML_TEXTS =>
  issue.origin === 'array' || issue.origin === 'set' ? 'tooFew' : issue.origin === 'string' ? 'emptyText' : 'tooSmall';

function explainUnion(
  context: Context,
  issue: z.core.$ZodIssueInvalidUnion,
  path: Path,
  schema: Schema | null,
): readonly Problem[] {
  const options = unionOptions(schema);
  const value = valueAt(context.file.value, path);
  const branches = issue.errors.map((errors, index) => ({ errors, option: options[index] ?? null }));
  if (value === undefined) return [missing(context, path)];
  const literals = branches.flatMap(({ errors }) =>
    errors.flatMap((e) => (e.code === 'invalid_value' ? e.values : [])),
  );
  const fitting = branches.filter(({ errors }) => !errors.some((error) => atTop(error) && isWrongKind(error)));
  if (fitting.length === 0 && !isPlainObject(value) && literals.length > 0)
    return [notAllowed(context, path, literals)];
  if (fitting.length === 0)
    return [
      problem(context, path, 'wrongType', {
        expected: expectedOf(branches, context.language),
        found: describe(value, context.language),
      }),
    ];
  const kinds = kindKeys(options);
  if (isPlainObject(value) && kinds.length > 1 && !kinds.some((key) => Object.hasOwn(value, key)))
    return [noKind(context, path, value, kinds, options)];
  const best = fitting.reduce((a, b) => (score(b.errors) < score(a.errors) ? b : a));
  return best.errors.flatMap((error) =>
    explain({ ...context, schema: best.option ?? context.schema, base: path, kinds }, error),
  );
}

/** Lower is nearer to what the author meant: a missing key weighs more than an unknown one. */
const score = (issues: readonly Issue[]): number =>
  issues.reduce((sum, issue) => sum + (atTop(issue) || isMissing(issue) ? (isMissing(issue) ? 100 : 10) : 1), 0);
const atTop = (issue: Issue): boolean => issue.path.length === 0;
const isMissing = (issue: Issue): boolean =>
  issue.code === 'invalid_type' && issue.path.length === 1 && issue.message.includes('received undefined');
const isWrongKind = (issue: Issue): boolean => issue.code === 'invalid_type' || issue.code === 'invalid_value';

function noKind(
  context: Context,
  path: Path,
  value: Record<string, unknown>,
  kinds: readonly string[],
  options: readonly Schema[],
): Problem {
  const known = options.flatMap((option) => keysOf(option));
  for (const key of Object.keys(value)) {
    if (!known.includes(key)) return unknownKeyAmong(context, path, key, [...new Set([...kinds, ...known])]);
  }
  return problem(context, path, 'missingOneOf', { keys: list(kinds) });
}

function unknownKey(context: Context, schema: Schema | null, path: Path, key: string): Problem {
  const options = unionOptions(schema);
  const meant = options.length === 0 ? schema : branchOf(options, valueAt(context.file.value, path));
  const kinds =
    options.length > 0 ? kindKeys(options) : path.length === context.base.length ? (context.kinds ?? []) : [];
  const own = kinds.find((kind) => meant !== null && keysOf(meant).includes(kind));
  if (own === undefined || !kinds.includes(key))
    return unknownKeyAmong(context, path, key, meant === null ? [] : keysOf(meant));
  const message = fill(YAML_TEXTS.excludes[context.language], { key, other: own });
  return { code: 'excludes', message, at: context.file.at([...plain(path), key], 'key') };
}

/** Of a union, the object whose telling key the value has; else the only object that there is. */
function branchOf(options: readonly Schema[], value: unknown): Schema | null {
  if (!isPlainObject(value)) return null;
  const told = options.find((option) => kindKeys([option]).some((key) => Object.hasOwn(value, key)));
  const objects = options.filter((option) => keysOf(option).length > 0);
  return told ?? (objects.length === 1 ? objects[0]! : null);
}

function unknownKeyAmong(context: Context, path: Path, key: string, allowed: readonly string[]): Problem {
  const hints: string[] = [];
  const near = didYouMean(key, allowed);
  if (near !== null) hints.push(fill(YAML_TEXTS.didYouMean[context.language], { word: near }));
  if (allowed.length > 0) hints.push(fill(YAML_TEXTS.allowed[context.language], { allowed: allowed.join(', ') }));
  return {
    code: 'unknownKey',
    message: fill(YAML_TEXTS.unknownKey[context.language], { key }),
    at: context.file.at([...plain(path), key], 'key'),
    ...(hints.length === 0 ? {} : { hint: hints.join(' ') }),
  };
}

function notAllowed(context: Context, path: Path, values: readonly unknown[]): Problem {
  const found = valueAt(context.file.value, path);
  if (found === undefined) return missing(context, path);
  const allowed = [...new Set(values.map(String))];
  const near = typeof found === 'string' ? didYouMean(found, allowed) : null;
  const hints = near === null ? [] : [fill(YAML_TEXTS.didYouMean[context.language], { word: near })];
  hints.push(fill(YAML_TEXTS.allowed[context.language], { allowed: allowed.join(', ') }));
  return {
    ...problem(context, path, 'notAllowed', { found: describe(found, context.language) }),
    hint: hints.join(' '),
  };
}

/** A name of the author's own choice (an alias) that has not the right form. */
function wrongName(context: Context, path: Path, issues: readonly Issue[]): Problem {
  const reason = issues.map(({ message }) => message).join(', ');
  return { ...problem(context, path, 'badValue', { reason }), at: context.file.at(plain(path), 'key') };
}

function wrongType(context: Context, path: Path, expected: string): Problem {
  const found = valueAt(context.file.value, path);
  if (found === undefined) return missing(context, path);
  return problem(context, path, 'wrongType', {
    expected: typeName(expected, context.language),
    found: describe(found, context.language),
  });
}

function missing(context: Context, path: Path): Problem {
  return {
    code: 'missingKey',
    message: fill(YAML_TEXTS.missingKey[context.language], { key: String(path.at(-1) ?? '') }),
    at: context.file.at(plain(path.slice(0, -1)), 'key'),
  };
}

function problem(
  context: Context,
  path: Path,
  code: keyof typeof YAML_TEXTS,
  params: Readonly<Record<string, string>>,
): Problem {
  return { code, message: fill(YAML_TEXTS[code][context.language], params), at: context.file.at(plain(path)) };
}

/** Names the kinds of value a union takes: "a text or keys with values". */
function expectedOf(branches: readonly { readonly errors: readonly Issue[] }[], language: Language): string {
  const names = branches.flatMap(({ errors }) =>
    errors.flatMap((error) =>
      error.code === 'invalid_type' && atTop(error) ? [typeName(error.expected, language)] : [],
    ),
  );
  return [...new Set(names)].join(language === 'pl' ? ' lub ' : ' or ');
}

function typeName(type: string, language: Language): string {
  const texts: Readonly<Record<string, Readonly<Record<Language, string>>>> = {
    string: YAML_TEXTS.typeText,
    number: YAML_TEXTS.typeNumber,
    int: YAML_TEXTS.typeNumber,
    boolean: YAML_TEXTS.typeBoolean,
    array: YAML_TEXTS.typeList,
    object: YAML_TEXTS.typeMap,
    record: YAML_TEXTS.typeMap,
    null: YAML_TEXTS.typeNothing,
  };
  return texts[type]?.[language] ?? type;
}

function describe(value: unknown, language: Language): string {
  if (value === null) return typeName('null', language);
  if (Array.isArray(value)) return typeName('array', language);
  if (typeof value === 'object') return typeName('object', language);
  return typeof value === 'string' ? `"${value}"` : String(value);
}

const list = (words: readonly string[]): string => words.map((word) => `"${word}"`).join(', ');
const plain = (path: Path): readonly (string | number)[] =>
  path.map((step) => (typeof step === 'symbol' ? String(step) : step));
const isPlainObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

function valueAt(value: unknown, path: Path): unknown {
  let found = value;
  for (const step of path) {
    if (typeof found !== 'object' || found === null) return undefined;
    found = (found as Record<PropertyKey, unknown>)[step];
  }
  return found;
}

/** The parts of a zod schema that are looked at here. */
interface Def {
  readonly type: string;
  readonly shape?: Readonly<Record<string, Schema>>;
  readonly element?: Schema;
  readonly valueType?: Schema;
  readonly innerType?: Schema;
  readonly options?: readonly Schema[];
  readonly values?: readonly unknown[];
  readonly getter?: () => Schema;
}
const defOf = (schema: Schema): Def => schema._zod.def as unknown as Def;

function bare(schema: Schema): Schema {
  const def = defOf(schema);
  if (def.type === 'lazy' && def.getter !== undefined) return bare(def.getter());
  return def.innerType === undefined ? schema : bare(def.innerType);
}

function schemaAt(schema: Schema, path: Path): Schema | null {
  let found: Schema | null = bare(schema);
  for (const step of path) {
    const def: Def | null = found === null ? null : defOf(found);
    const next: Schema | undefined = def?.shape?.[String(step)] ?? def?.element ?? def?.valueType;
    found = next === undefined ? null : bare(next);
  }
  return found;
}

const unionOptions = (schema: Schema | null): readonly Schema[] =>
  schema === null ? [] : (defOf(schema).options ?? []).map(bare);
const keysOf = (schema: Schema): readonly string[] => Object.keys(defOf(bare(schema)).shape ?? {});

/** Of every object in a union, its first required key, which says what kind it is. */
function kindKeys(options: readonly Schema[]): readonly string[] {
  return options.flatMap((option) => {
    const shape = defOf(option).shape ?? {};
    const first = Object.entries(shape).find(([, member]) => defOf(member).type !== 'optional');
    return first === undefined ? [] : [first[0]];
  });
}
