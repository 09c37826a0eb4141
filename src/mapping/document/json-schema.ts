import { z } from 'zod';
import type {
  ArgumentSignature,
  Bilingual,
  RuleSignature,
  RuleSignatures,
  ScalarSignature,
  TransformSignatures,
} from '../../core/signatures.ts';
import { bundleSpec, notMappedSpec } from './bundle-schema.ts';
import { entityPatch, entitySpec } from './entity-schema.ts';

export interface JsonSchema {
  readonly [key: string]: unknown;
}

/**
 * JSON Schemas of the files of a bundle, by file name, for editors. Generated from the code that reads the files, with the names and arguments of all
 * transforms and rules in them, so that an editor completes these too.
 */
export function mappingSchemas(
  transforms: TransformSignatures,
  rules: RuleSignatures,
): Readonly<Record<string, JsonSchema>> {
  const named = (schema: z.ZodType): JsonSchema =>
    withNames(z.toJSONSchema(schema, { io: 'input' }), transforms, rules);
  return {
    'mapping.schema.json': named(entitySpec),
    'overlay.schema.json': named(entityPatch),
    'bundle.schema.json': z.toJSONSchema(bundleSpec, { io: 'input' }),
    'not-mapped.schema.json': z.toJSONSchema(notMappedSpec, { io: 'input' }),
  };
}

function withNames(schema: JsonSchema, transforms: TransformSignatures, rules: RuleSignatures): JsonSchema {
  const defs = schema['$defs'] as Readonly<Record<string, JsonSchema>>;
  const transform = { ...defs['transform'], anyOf: transformSchemas(transforms) };
  const rule = { ...defs['rule'], anyOf: [...ruleSchemas(rules), ...celRules(defs['rule']!)] };
  return { ...schema, $defs: { ...defs, transform, rule } };
}

const celRules = (rule: JsonSchema): readonly JsonSchema[] =>
  (rule['anyOf'] as readonly JsonSchema[]).filter((option) => 'properties' in option);

/** Without an argument as a text, with one as `{ name: argument }`. */
function transformSchemas(transforms: TransformSignatures): readonly JsonSchema[] {
  return Object.entries(transforms).flatMap(([name, { argument, doc }]) => {
    const bare = { const: name, ...described(doc) };
    const called = only(name, { ...argumentSchema(argument), ...described(doc) });
    if (argument.kind === 'none') return [bare];
    return 'optional' in argument && argument.optional ? [bare, called] : [called];
  });
}

function ruleSchemas(rules: RuleSignatures): readonly JsonSchema[] {
  return Object.entries(rules).flatMap(([name, rule]) => [
    { const: name, ...described(rule.doc) },
    only(name, { anyOf: [{ const: false }, { type: 'null' }, useSchema(rule)], ...described(rule.doc) }),
  ]);
}

function useSchema({ columns, options = {} }: RuleSignature): JsonSchema {
  const parameters = Object.entries(columns).map(([name, { doc }]) => [name, { type: 'string', ...described(doc) }]);
  const settings = Object.entries(options).map(([name, option]) => [name, scalarSchema(option)]);
  return closed(Object.fromEntries([...parameters, ...settings]));
}

function argumentSchema(argument: ArgumentSignature): JsonSchema {
  if (argument.kind === 'none') return { type: 'null' };
  if (argument.kind === 'list') return { type: 'array', items: scalarSchema(argument.of) };
  if (argument.kind !== 'options') return scalarSchema(argument);
  const options = Object.entries(argument.options);
  const required = options.filter(([, option]) => !option.optional && option.default === undefined);
  return {
    ...closed(Object.fromEntries(options.map(([name, option]) => [name, scalarSchema(option)]))),
    ...(required.length === 0 ? {} : { required: required.map(([name]) => name) }),
  };
}

function scalarSchema(scalar: ScalarSignature): JsonSchema {
  const limits = {
    ...('min' in scalar && scalar.min !== undefined ? { minimum: scalar.min } : {}),
    ...('max' in scalar && scalar.max !== undefined ? { maximum: scalar.max } : {}),
    ...('allowed' in scalar && scalar.allowed !== undefined ? { enum: scalar.allowed } : {}),
    ...('pattern' in scalar && scalar.pattern === true ? { format: 'regex' } : {}),
    ...(scalar.default === undefined ? {} : { default: scalar.default }),
  };
  return { type: scalar.kind, ...limits, ...described(scalar.doc) };
}

const described = (doc: Bilingual | undefined): JsonSchema => (doc === undefined ? {} : { description: doc.en });
const closed = (properties: JsonSchema): JsonSchema => ({ type: 'object', properties, additionalProperties: false });
const only = (name: string, value: JsonSchema): JsonSchema => ({ ...closed({ [name]: value }), required: [name] });
