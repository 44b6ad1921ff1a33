import { IntegrityError } from '../backends/errors.ts'
import { FieldError } from '../errors.ts'
import type { ModelInstance } from '../models/model-instance.ts'
import type { RuntimeModel } from '../models/model-meta.ts'
import { withFilter } from './build-query.ts'
import { unknownName } from './lookup-path.ts'
import { Condition, type Conditions } from './q.ts'
import { fetchRows, queryOf, writeDatabaseOf } from './query-chain.ts'
import { maxGetResults, wrongNumber } from './wrong-number.ts'

/** Values for a new row; a function is called where its value is needed. */
export type Defaults<V> = { readonly [K in keyof V]: V[K] | (() => V[K]) }

/** A queryset, as far as it finds and makes rows. */
interface Creating {
  readonly model: RuntimeModel
  create(values: object): Promise<unknown>
}

interface Locking {
  selectForUpdate(options: { readonly of: readonly string[] }): Creating
}

type Found = [row: unknown, created: boolean]

export async function getOrCreate(
  querySet: Creating,
  conditions: Conditions,
  defaults: Defaults<object>,
): Promise<Found> {
  const found = await find(querySet, conditions)
  if (found) return [found, false]
  const values = { ...valuesOf(querySet, conditions), ...defaults }
  refuseUnknown(querySet, values)
  try {
    // A savepoint: where the insert fails, a transaction around it can go on.
    return [await writeDatabaseOf(querySet).atomic(() => querySet.create(called(values))), true]
  } catch (error) {
    // Somebody else may have made it meanwhile.
    const other = error instanceof IntegrityError ? await find(querySet, conditions) : undefined
    if (other) return [other, false]
    throw error
  }
}

export function updateOrCreate(
  querySet: Creating,
  conditions: Conditions,
  defaults: Defaults<object>,
  createDefaults: Defaults<object>,
): Promise<Found> {
  refuseUnknown(querySet, defaults)
  const { alias } = writeDatabaseOf(querySet)
  return writeDatabaseOf(querySet).atomic(async () => {
    const [row, created] = await getOrCreate(locking(querySet), conditions, createDefaults)
    if (created) return [row, true]
    const { meta } = querySet.model
    for (const [name, value] of Object.entries(called(defaults))) {
      ;(row as Record<string, unknown>)[name] = meta.field(name)?.fromInput(value) ?? value
    }
    await (row as ModelInstance).save({ using: alias })
    return [row, false]
  })
}

/** The row is read to be changed: nobody else may do so until the transaction ends. */
function locking(querySet: Creating): Creating {
  // Its own row alone: PostgreSQL locks none of a join that may find nothing.
  const locked = (querySet as unknown as Locking).selectForUpdate({ of: ['self'] })
  // Rows are made by the manager that was asked: that of a relation sets the key that leads back.
  return Object.assign(locked, { create: (values: object) => querySet.create(values) })
}

async function find(querySet: Creating, conditions: Conditions): Promise<unknown> {
  const query = withFilter(queryOf(querySet), [conditions], false)
  const few = { ...query, ordering: [], high: maxGetResults, shape: `${query.shape} get` }
  const rows = await fetchRows(querySet, few, writeDatabaseOf(querySet))
  if (rows.length > 1) throw wrongNumber(query.meta, rows.length, conditions)
  return rows[0]
}

/** Conditions that name a column are values of a new row too; those with a lookup are not. */
function valuesOf({ model }: Creating, conditions: Conditions): Record<string, unknown> {
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

function refuseUnknown({ model }: Creating, values: object): void {
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
