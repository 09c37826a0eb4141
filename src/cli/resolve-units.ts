import { didYouMean } from '../core/did-you-mean.ts';
import { EzdError } from '../core/errors.ts';
import type { EntityPlan, FieldPlan, Plan } from '../core/plan.ts';
import { keyText, type LegacyKey, type SourceRow } from '../core/record.ts';
import type { Translator } from '../i18n/translator.ts';
import type { Stages } from '../pipeline/stages.ts';
import type { Source } from '../sources/source.ts';
import { createFoldIndexBuilder, openFoldIndex } from '../transform/fold-index.ts';
import { keyOf } from '../transform/legacy-key.ts';

/** Entity and columns that say what a unit is. */
const UNIT = { entity: 'jednostka', symbol: 'symbol', parent: 'id_jednostka_nadrzedna' } as const;

export interface UnitPorts {
  readonly source: Source;
  readonly stages: Stages;
  readonly texts: Translator;
  readonly signal: AbortSignal;
}

/**
 * Legacy keys of units by symbol, with the units below them: every version of each, since a case names the version that was alive when it began.
 * Read from the source, so it does not matter what is loaded. Throws USAGE for a symbol that no version has.
 */
export async function resolveUnits(
  plan: Plan,
  symbols: readonly string[],
  ports: UnitPorts,
): Promise<readonly string[]> {
  const { texts } = ports;
  const entity = plan.entities.find(({ name }) => name === UNIT.entity);
  if (entity === undefined) throw new EzdError('USAGE', texts.text('run.noUnits'));
  const versions = await readVersions(entity, ports);
  const known = [...new Set(versions.map(({ symbol }) => symbol).filter((symbol) => symbol !== ''))].sort();
  const wanted = symbols.map((symbol) => symbol.trim());
  for (const unit of wanted) {
    if (versions.some(({ symbol }) => same(symbol, unit))) continue;
    const near = didYouMean(unit, known);
    const allowed = texts.text('usage.allowed', { allowed: known.slice(0, 60).join(', ') });
    const meant = near === null ? '' : `${texts.text('usage.didYouMean', { word: near })} `;
    throw new EzdError('USAGE', texts.text('run.unknownUnit', { unit }), { hint: `${meant}${allowed}` });
  }
  return keysBelow(versions, wanted);
}

const same = (a: string, b: string): boolean => a.toLocaleUpperCase('pl') === b.toLocaleUpperCase('pl');

interface UnitVersion {
  readonly key: LegacyKey;
  readonly head: LegacyKey;
  readonly symbol: string;
  readonly parent: LegacyKey | null;
}

function keysBelow(versions: readonly UnitVersion[], wanted: readonly string[]): string[] {
  const heads = new Map(versions.map(({ key, head }) => [keyText(key), keyText(head)]));
  const named = versions.filter(({ symbol }) => wanted.some((unit) => same(symbol, unit)));
  const chosen = new Set(named.map(({ head }) => keyText(head)));
  for (let before = -1; before !== chosen.size; ) {
    before = chosen.size;
    for (const { head, parent } of versions) {
      const above = parent === null ? undefined : (heads.get(keyText(parent)) ?? keyText(parent));
      if (above !== undefined && chosen.has(above)) chosen.add(keyText(head));
    }
  }
  const keys = versions.filter(({ head }) => chosen.has(keyText(head))).map(({ key }) => keyText(key));
  return [...new Set([...keys, ...chosen])];
}

async function readVersions(entity: EntityPlan, ports: UnitPorts): Promise<UnitVersion[]> {
  const [keyColumn = ''] = entity.from.key;
  const symbol = columnOf(entity, UNIT.symbol) ?? keyColumn;
  const parent = columnOf(entity, UNIT.parent);
  const builder = entity.from.fold === null ? null : createFoldIndexBuilder(entity);
  const folded = builder?.columns ?? [];
  const columns = [keyColumn, symbol, parent ?? keyColumn, ...folded];
  const rows: SourceRow[] = [];
  for (const partition of await ports.source.partitions(entity.from.table, entity.from.key, 1)) {
    const request = { table: entity.from.table, columns, key: entity.from.key, partition, sql: null, sliceRows: 5000 };
    for await (const slice of ports.source.read({ ...request, signal: ports.signal }, null)) {
      for (const row of ports.stages.parse(slice).rows) {
        rows.push(row.slice(0, 3));
        builder?.addRow(row.slice(3));
      }
    }
  }
  const index = builder === null ? null : openFoldIndex(builder.build());
  return rows.flatMap(([id = null, name = null, above = null]) => {
    const key = keyOf(id);
    if (key === null) return [];
    const none = parent === null ? null : keyOf(above);
    return [
      {
        key,
        head: index?.head(key) ?? key,
        symbol: String(name ?? '').trim(),
        parent: none === 0 || none === key ? null : none,
      },
    ];
  });
}

/** Source column that a target column is taken from as it is. */
function columnOf(entity: EntityPlan, column: string): string | null {
  const field = entity.fields.find((each: FieldPlan) => each.column === column);
  const value = field === undefined ? undefined : field.kind === 'value' ? field.value : field.of[0];
  return value?.kind === 'column' ? (entity.from.columns[value.column] ?? null) : null;
}
