import { IntegrityError } from '../../backends/errors.ts'
import { FieldError } from '../../errors.ts'
import type { ModelInstance } from '../../models/model-instance.ts'
import type { RuntimeModel } from '../../models/model-meta.ts'
import { withFilter } from '../build/build-query.ts'
import { unknownName } from '../lookup-path.ts'
import { Condition, type Conditions } from '../q.ts'
import { fetchRows, queryOf, writeDatabaseOf } from '../query-chain.ts'
import { maxGetResults, wrongNumber } from './wrong-number.ts'

/** Values for a new row; a function is called where its value is needed. */
export type Defaults<V> = { readonly [K in keyof V]: V[K] | (() => V[K]) }

/** A queryset, as far as it finds rows. */
interface Finding {
  readonly model: RuntimeModel
  selectForUpdate(options: { readonly of: readonly string[] }): Finding
}

/** How a new row is made: a manager of a relation sets what leads back. */
type Create = (values: object) => Promise<unknown>

type Found = [row: unknown, created: boolean]

export async function getOrCreate(
  querySet: Finding,
  conditions: Conditions,
  defaults: Defaults<object>,
  create: Create,
): Promise<Found> {
  const found = await find(querySet, conditions)
  if (found) return [found, false]
  const values = { ...valuesOf(querySet, conditions), ...defaults }
  refuseUnknown(querySet, values)
  try {
    // A savepoint: where the insert fails, a transaction around it can go on.
    return [await writeDatabaseOf(querySet).atomic(() => create(called(values))), true]
  } catch (error) {
    // Somebody else may have made it meanwhile.
    const other = error instanceof IntegrityError ? await find(querySet, conditions) : undefined
    if (other) return [other, false]
    throw error
  }
}

export function updateOrCreate(
  querySet: Finding,
  conditions: Conditions,
  defaults: Defaults<object>,
  createDefaults: Defaults<object>,
  create: Create,
): Promise<Found> {
  refuseUnknown(querySet, defaults)
  const { alias } = writeDatabaseOf(querySet)
  return writeDatabaseOf(querySet).atomic(async () => {
    // Nobody else may change the row until the transaction ends. Its own row alone: PostgreSQL locks none of a join that may
    // find nothing.
    const locked = querySet.selectForUpdate({ of: ['self'] })
    const [row, created] = await getOrCreate(locked, conditions, createDefaults, create)
    if (created) return [row, true]
    const { meta } = querySet.model
    for (const [name, value] of Object.entries(called(defaults))) {
      ;(row as Record<string, unknown>)[name] = meta.field(name)?.fromInput(value) ?? value
    }
    await (row as ModelInstance).save({ using: alias })
    return [row, false]
  })
}

async function find(querySet: Finding, conditions: Conditions): Promise<unknown> {
  const query = withFilter(queryOf(querySet), [conditions], false)
  const few = { ...query, ordering: [], high: maxGetResults, shape: `${query.shape} get` }
  const rows = await fetchRows(querySet, few, writeDatabaseOf(querySet))
  if (rows.length > 1) throw wrongNumber(query.meta, rows.length, conditions)
  return rows[0]
}

/** Conditions that name a column are values of a new row too; those with a lookup are not. */
function valuesOf({ model }: Finding, conditions: Conditions): Record<string, unknown> {
  if (conditions instanceof Condition) return {}
  const plain = Object.entries(conditions).filter(([name]) => !name.includes('__'))
  for (const [name] of plain) {
    if (name === 'pk' || model.meta.field(name)) continue
    throw new FieldError(
      `A new ${model.meta.name} cannot be made of '${name}', which is no column: look it up by filter({ ${name}: … }) before.`,
    )
  }
  return Object.fromEntries(plain)
}

function refuseUnknown({ model }: Finding, values: object): void {
  for (const name of Object.keys(values)) {
    if (!model.meta.member(name)) throw unknownName(model.meta, name, `the values of a new ${model.meta.name}`)
  }
}

function called(values: object): Record<string, unknown> {
  const entries = Object.entries(values).map(([name, value]) => {
    return [name, typeof value === 'function' ? (value as () => unknown)() : value]
  })
  return Object.fromEntries(entries)
}
