import type { DraftEntity } from './compile-entity.ts';

/** Entities parents first, or the circle that makes that impossible, as names with the first one again at the end. */
export type Ordered =
  | { readonly kind: 'ordered'; readonly entities: readonly DraftEntity[] }
  | { readonly kind: 'cycle'; readonly chain: readonly string[] };

/** Parents before children; entities that do not depend on each other stand in alphabetical order, so that the order is always the same. */
export function orderEntities(entities: readonly DraftEntity[]): Ordered {
  const byName = new Map(entities.map((entity) => [entity.name, entity]));
  const done = new Map<string, DraftEntity>();
  const open: string[] = [];
  const visit = (name: string): readonly string[] | null => {
    if (open.includes(name)) return [...open.slice(open.indexOf(name)), name];
    const entity = byName.get(name);
    if (entity === undefined || done.has(name)) return null;
    open.push(name);
    for (const parent of entity.parents) {
      const chain = visit(parent);
      if (chain !== null) return chain;
    }
    open.pop();
    done.set(name, entity);
    return null;
  };
  for (const name of [...byName.keys()].sort()) {
    const chain = visit(name);
    if (chain !== null) return { kind: 'cycle', chain };
  }
  return { kind: 'ordered', entities: [...done.values()] };
}
