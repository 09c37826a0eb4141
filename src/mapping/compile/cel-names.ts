import type { ASTNode } from '@marcbachmann/cel-js';

/** A free name in an expression; `member` is what follows it after a dot. Offsets count characters of the expression. */
export interface CelName {
  readonly name: string;
  readonly member: string | null;
  readonly start: number;
  readonly length: number;
}
export interface BadPattern {
  readonly reason: string;
  readonly start: number;
  readonly length: number;
}

/** Macros whose first argument names a variable that exists inside the call only. */
const BINDING = new Set(['all', 'exists', 'exists_one', 'map', 'filter', 'bind']);
/** Names of types, as in `type(x) == int`. */
const TYPES = new Set([
  'int',
  'uint',
  'double',
  'bool',
  'string',
  'bytes',
  'list',
  'map',
  'null_type',
  'type',
  'timestamp',
  'duration',
]);

export interface CelCall {
  readonly name: string;
  readonly start: number;
}

interface Walk {
  readonly names: CelName[];
  /** Functions and methods called. */
  readonly calls: CelCall[];
  readonly badPatterns: BadPattern[];
}

/** The names that an expression takes from outside, and literal patterns of `matches` that are no regular expressions. */
export function celNames(ast: ASTNode): Walk {
  const walk: Walk = { names: [], calls: [], badPatterns: [] };
  visit(ast, new Set(), walk);
  return walk;
}

function visit(node: ASTNode, bound: ReadonlySet<string>, walk: Walk): void {
  if (node.op === 'id') addName(node.args, null, node, bound, walk);
  else if ((node.op === '.' || node.op === '.?') && node.args[0].op === 'id')
    addName(node.args[0].args, node.args[1], node, bound, walk);
  else if (node.op === 'rcall') visitCall(node.args[0], node.args[1], node.args[2], bound, walk);
  else {
    if (node.op === 'call') walk.calls.push({ name: node.args[0], start: node.start });
    for (const child of children(node)) visit(child, bound, walk);
  }
}

function visitCall(
  name: string,
  receiver: ASTNode,
  args: readonly ASTNode[],
  bound: ReadonlySet<string>,
  walk: Walk,
): void {
  walk.calls.push({ name, start: receiver.end + 1 });
  if (name === 'matches') checkPattern(args[0], walk);
  const variable = BINDING.has(name) && args[0]?.op === 'id' && args.length > 1 ? args[0].args : null;
  const isCel = receiver.op === 'id' && receiver.args === 'cel';
  if (!isCel) visit(receiver, bound, walk);
  const inner = variable === null ? bound : new Set([...bound, variable]);
  const rest = variable === null ? args : args.slice(1);
  for (const arg of rest) visit(arg, inner, walk);
}

function addName(name: string, member: string | null, node: ASTNode, bound: ReadonlySet<string>, walk: Walk): void {
  if (bound.has(name) || TYPES.has(name)) return;
  const start = node.op === 'id' ? node.start : (node.args as readonly [ASTNode, string])[0].start;
  walk.names.push({ name, member, start, length: name.length + (member === null ? 0 : member.length + 1) });
}

function checkPattern(pattern: ASTNode | undefined, walk: Walk): void {
  if (pattern?.op !== 'value' || typeof pattern.args !== 'string') return;
  try {
    new RegExp(pattern.args);
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    walk.badPatterns.push({ reason, start: pattern.start, length: Math.max(1, pattern.end - pattern.start) });
  }
}

/** All nodes directly below; arguments come as nodes, names and nested lists of nodes. */
function children(node: ASTNode): readonly ASTNode[] {
  const args: unknown = node.args;
  if (!Array.isArray(args)) return isNode(args) ? [args] : [];
  return args.flat(2).filter(isNode);
}

const isNode = (value: unknown): value is ASTNode => typeof value === 'object' && value !== null && 'op' in value;
