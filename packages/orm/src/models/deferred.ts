import { inspect } from 'node:util'
import { type Pending, type PendingState, pending } from '@nuages/foundation'
import type { SqlValue } from '../backends/database.ts'
import { database } from '../backends/registry.ts'
import { FieldFetchBlocked } from '../errors.ts'
import { keyText } from '../fields/composite-key-field.ts'
import type { Field } from '../fields/field.ts'
import { withColumn, withValues } from '../query/build/build-query.ts'
import { columnDecoder } from '../query/execute/row-reader.ts'
import { selectRows } from '../query/execute/select.ts'
import { rootQuery } from '../query/query.ts'
import type { ModelMeta, RuntimeModel } from './model-meta.ts'
import { type Row, stateOf } from './row.ts'

type Values = Record<string, unknown>

/** The value of a column that was left out by `defer` or `only`. Awaiting it loads it, for all peers of its row. */
export interface Deferred<T> extends PromiseLike<T> {}

/** What a row has under the name of a column that it lacks. */
export class DeferredValue implements Deferred<unknown>, Pending {
  readonly #row: Row
  readonly #field: Field

  constructor(row: Row, field: Field) {
    this.#row = row
    this.#field = field
  }

  async #load(): Promise<unknown> {
    await loadDeferredOf(this.#row, this.#field)
    return (this.#row as unknown as Values)[this.#field.attribute]
  }

  then<T1 = unknown, T2 = never>(
    onfulfilled?: ((value: unknown) => T1 | PromiseLike<T1>) | null,
    onrejected?: ((reason: unknown) => T2 | PromiseLike<T2>) | null,
  ): Promise<T1 | T2> {
    return this.#load().then(onfulfilled, onrejected)
  }

  [pending](): PendingState {
    const { attribute } = this.#field
    if (!Object.hasOwn(this.#row, attribute)) return { ready: false, load: () => this.#load() }
    return { ready: true, value: (this.#row as unknown as Values)[attribute] }
  }

  [inspect.custom](): string {
    return `Deferred<${this.#field.name}>`
  }
}

/** The fields whose columns a row came without. */
export function deferredFields(row: Row): Field[] {
  if (!stateOf(row).partial) return []
  const { fields } = (row.constructor as unknown as RuntimeModel).meta
  return fields.filter((field) => !Object.hasOwn(row, field.attribute))
}

const running = new WeakMap<object, Map<Field, Promise<void>>>()

/** Loads one column for those of a row's peers that lack it; reads at the same time share the query. */
async function loadDeferredOf(row: Row, field: Field): Promise<void> {
  if (Object.hasOwn(row, field.attribute)) return
  const { peers, fetchMode } = stateOf(row)
  const { meta } = row.constructor as unknown as RuntimeModel
  if (fetchMode === 'raise') {
    throw new FieldFetchBlocked(
      `${meta.name}.${field.name} was not loaded, and the row's queryset said fetchMode('raise'): take the field out of defer(), or name it in only().`,
    )
  }
  const isShared = peers !== undefined && fetchMode !== 'one'
  const shared = isShared ? peers.blocks : row
  let loads = running.get(shared)
  if (!loads) {
    loads = new Map()
    running.set(shared, loads)
  }
  let load = loads.get(field)
  if (!load) {
    const rows = isShared ? (peers.all() as readonly Row[]) : [row]
    load = loadDeferred(rows.includes(row) ? rows : [row, ...rows], [field]).finally(() => loads.delete(field))
    loads.set(field, load)
  }
  await load
}

/** Loads columns that rows of one model and database lack: these, or all of them. */
export async function loadDeferred(rows: readonly Row[], fields?: readonly Field[]): Promise<void> {
  const lacking = rows.filter((row) => deferredFields(row).some((field) => !fields || fields.includes(field)))
  const [first] = lacking
  if (!first) return
  const { meta } = first.constructor as unknown as RuntimeModel
  const wanted = (fields ?? [...new Set(lacking.flatMap(deferredFields))]) as readonly Field[]
  const keys = lacking.map((row) => keyOf(row, meta))
  const found = await readColumns(meta, keys, wanted, stateOf(first).alias)
  for (const row of lacking) {
    const values = found.get(keyText(keyOf(row, meta)))
    if (values) takeColumns(row, meta, wanted, values)
    else throw goneError(meta, keyOf(row, meta))
  }
}

/** The key under which the database holds a row, whatever the instance has been given since. */
function keyOf(row: Row, meta: ModelMeta): unknown {
  const { original, originalAt } = stateOf(row)
  if (!original) return (row as unknown as Values)[meta.pk.attribute]
  const parts = meta.keyFields.map((field) => {
    const raw = original[originalAt + meta.fields.indexOf(field)] as SqlValue
    const decode = columnDecoder(field, true)
    return decode ? decode(raw) : raw
  })
  return parts.length === 1 ? parts[0] : parts
}

async function readColumns(
  meta: ModelMeta,
  keys: readonly unknown[],
  fields: readonly Field[],
  alias: string | undefined,
): Promise<Map<unknown, Values>> {
  const found = new Map<unknown, Values>()
  const names = [meta.pk, ...fields].map((field) => field.attribute)
  const root = withValues({ ...rootQuery(meta.model), ordering: [], shape: 'unordered' }, names)
  for (let start = 0; start < keys.length; start += 10_000) {
    const path = { steps: [], field: meta.pk, relation: undefined }
    const query = withColumn(root, path, keys.slice(start, start + 10_000))
    for (const values of (await selectRows(query, database(alias))) as Values[]) {
      found.set(keyText(values[meta.pk.attribute]), values)
    }
  }
  return found
}

function takeColumns(row: Row, meta: ModelMeta, fields: readonly Field[], values: Values): void {
  const { original } = stateOf(row)
  for (const field of fields) {
    if (Object.hasOwn(row, field.attribute)) continue
    const value = values[field.attribute]
    ;(row as unknown as Values)[field.attribute] = value
    // Rows that lack columns have an array of their own here, in the order of the fields.
    if (original) original[meta.fields.indexOf(field)] = field.toSql(value)
  }
}

export function goneError(meta: ModelMeta, key: unknown): Error {
  const { DoesNotExist } = meta.model as unknown as { DoesNotExist: new (message: string) => Error }
  return new DoesNotExist(`No ${meta.name} with key ${String(key)}: it was deleted.`)
}
