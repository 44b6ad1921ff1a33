import type { Database } from '../../backends/database.ts'
import type { Field } from '../../fields/field.ts'
import type { ModelMeta } from '../../models/model-meta.ts'
import { type Row, stateOf } from '../../models/row.ts'
import { QuerySet } from '../../query/query-set.ts'
import type { ForeignKeyField } from '../../relations/foreign-key.ts'
import { loadedRow, loadRelation } from '../../relations/load-related.ts'
import type { ManyToManyField } from '../../relations/many-to-many.ts'
import { rawNumber } from '../exact-json.ts'
import { hasNaturalKey, type NaturalKey, naturalKeyOf } from '../natural-key.ts'
import { plainWriter } from './plain-value.ts'
import { instantText } from './temporal-text.ts'

type Values = Readonly<Record<string, unknown>>

/** How rows of one chunk name those of other models: asked for the whole chunk at once, before its rows are written. */
export class RelatedKeys {
  readonly #natural = new Map<ForeignKeyField, Map<Row, NaturalKey>>()
  readonly #many = new Map<ManyToManyField, Map<unknown, unknown[]>>()

  /** The natural key of the row that a foreign key leads to; `undefined` where there is none. */
  naturalKey(row: Row, field: Field): NaturalKey | undefined {
    return this.#natural.get(field as ForeignKeyField)?.get(row)
  }

  /** The keys of the rows that a relation leads to, in their order. */
  keys(row: Row, member: ManyToManyField): readonly unknown[] {
    return this.#many.get(member)?.get(keyOf(row, member.meta)) ?? []
  }

  async loadNaturalKeys(field: ForeignKeyField, rows: readonly Row[], db: Database): Promise<void> {
    await loadRelation(field, rows, db)
    const keys = new Map<Row, NaturalKey>()
    const known = new Map<Row, Promise<NaturalKey>>()
    for (const row of rows) {
      const related = loadedRow(row, field)
      if (!related) continue
      if (!known.has(related)) known.set(related, plainNaturalKey(related))
      keys.set(row, await known.get(related)!)
    }
    this.#natural.set(field, keys)
  }

  async loadPairs(member: ManyToManyField, rows: readonly Row[], db: Database, natural: boolean): Promise<void> {
    const keys = rows.map((row) => keyOf(row, member.meta)).filter((key) => key !== null && key !== undefined)
    const isNatural = natural && hasNaturalKey(member.target)
    const lists = isNatural ? await this.#naturalPairs(member, rows, db) : await plainPairs(member, keys, db)
    this.#many.set(member, lists)
  }

  async #naturalPairs(member: ManyToManyField, rows: readonly Row[], db: Database): Promise<Map<unknown, unknown[]>> {
    await loadRelation(member, rows, db)
    const known = new Map<unknown, Promise<NaturalKey>>()
    const lists = new Map<unknown, unknown[]>()
    for (const row of rows) {
      const related = [...(stateOf(row).prefetched?.get(member.name) ?? [])].sort(byKey(member.target))
      const list: NaturalKey[] = []
      for (const one of related) {
        const key = keyOf(one, member.target)
        if (!known.has(key)) known.set(key, plainNaturalKey(one))
        list.push(await known.get(key)!)
      }
      lists.set(keyOf(row, member.meta), list)
    }
    return lists
  }
}

/** Keys alone, without their rows: the table of pairs has them. */
async function plainPairs(
  member: ManyToManyField,
  keys: readonly unknown[],
  db: Database,
): Promise<Map<unknown, unknown[]>> {
  const { sourceKey, targetKey } = member
  const write = plainWriter(targetKey)
  const lists = new Map<unknown, unknown[]>()
  const pairs = new QuerySet(member.through.model)
    .using(db.alias)
    .filter({ [`${sourceKey.name}__in`]: keys } as never)
    .orderBy(sourceKey.attribute as never, targetKey.attribute as never) as unknown as PromiseLike<readonly Values[]>
  for (const pair of await pairs) {
    const source = pair[sourceKey.attribute]
    const list = lists.get(source)
    const target = write(pair[targetKey.attribute])
    if (list === undefined) lists.set(source, [target])
    else list.push(target)
  }
  return lists
}

function keyOf(row: Row, { pk }: ModelMeta): unknown {
  return (row as unknown as Values)[pk.attribute]
}

function byKey(meta: ModelMeta): (one: Row, other: Row) => number {
  return (one, other) => {
    const [first, second] = [keyOf(one, meta), keyOf(other, meta)] as [string, string]
    return first < second ? -1 : first > second ? 1 : 0
  }
}

async function plainNaturalKey(row: Row): Promise<NaturalKey> {
  return (await naturalKeyOf(row)).map(plainPart)
}

/** A part of a natural key as JSON has it: what is no text or number says so itself, by its `toJSON`. */
function plainPart(part: unknown): unknown {
  if (typeof part === 'bigint') return rawNumber(part)
  if (part instanceof Temporal.Instant) return instantText(part)
  return Array.isArray(part) ? part.map(plainPart) : part
}
