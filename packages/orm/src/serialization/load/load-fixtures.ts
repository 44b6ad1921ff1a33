import { database } from '../../backends/registry.ts'
import { keyText } from '../../fields/composite-key-field.ts'
import type { ModelMeta, RuntimeModel } from '../../models/model-meta.ts'
import type { ModelRegistry } from '../../models/model-registry.ts'
import { models as projectModels } from '../../models/register-models.ts'
import { DeserializationError } from '../errors.ts'
import type { SerializationFormat } from '../format.ts'
import { holdsModel } from '../holds-model.ts'
import type { SerializedText } from '../read/decode-text.ts'
import { readObjects } from '../read/read-objects.ts'
import { type RowInFile, readRow, rowError } from '../read/read-row.ts'
import { continueNumbers } from './continue-numbers.ts'
import { keyOf } from './resolve-row.ts'
import { RowLoader } from './row-loader.ts'
import { type DanglingRow, deferChecks, settleChecks } from './settle-rows.ts'

/** Rows to load: a file, or what else gives their text. */
export interface Fixture {
  /** What it is called in errors: a path. */
  readonly name: string
  readonly format: SerializationFormat
  /** Its text, from the beginning each time. */
  open(): SerializedText
  /** `open` works once: standard input. */
  readonly once?: boolean
}

export interface LoadOptions {
  /** The alias of the database; `default` unless told. */
  readonly using?: string | undefined
  /** Passes over models and fields that there are not. */
  readonly ignoreNonExistent?: boolean | undefined
  /** Models whose rows are passed over. */
  readonly exclude?: readonly RuntimeModel[] | undefined
  /** Called as rows are loaded, with their number so far. */
  readonly onProgress?: ((rows: number) => void) | undefined
  /** The models that may be loaded; those of the project unless told. */
  readonly registry?: ModelRegistry | undefined
}

/**
 * Loads fixtures in one transaction, so that all of their rows are there or none. Rows are taken as they are: no field sets itself,
 * and receivers of `preSave` and `postSave` are told `raw: true`. A row may name others that come later. Throws
 * `DeserializationError`, which tells where. Returns how many rows were loaded. Django's `loaddata`.
 */
export async function loadFixtures(fixtures: readonly Fixture[], options: LoadOptions = {}): Promise<number> {
  const db = database(options.using)
  const excluded = new Set(options.exclude?.map(({ meta }) => meta))
  const takes = (meta: ModelMeta): boolean => !excluded.has(meta) && holdsModel(meta, db.alias)
  const registry = options.registry ?? projectModels
  return db.atomic(async () => {
    const loader = new RowLoader(db, { registry, ignoreNonExistent: options.ignoreNonExistent, takes })
    await deferChecks(db)
    for (const { name, format, open } of fixtures) {
      let isEmpty = true
      for await (const objects of readObjects(format, open(), name)) {
        await loader.add(objects)
        isEmpty = false
        options.onProgress?.(loader.count)
      }
      // Of a list that has no objects, the brackets say so.
      if (isEmpty && format === 'jsonl') throw new DeserializationError(`${name} is empty: it has no rows.`)
    }
    await loader.finish()
    options.onProgress?.(loader.count)
    const dangling = await settleChecks(loader.loaded, db)
    if (dangling) throw await danglingError(dangling, fixtures, registry)
    await continueNumbers(loader.loaded, db)
    return loader.count
  })
}

async function danglingError(
  { meta, pk, field, value }: DanglingRow,
  fixtures: readonly Fixture[],
  registry: ModelRegistry,
): Promise<DeserializationError> {
  const reason = `names ${field.target.label} ${JSON.stringify(value)}, and there is no such row`
  if (meta.autoCreated)
    return new DeserializationError(`${meta.table}: '${field.column}' ${reason}.`, { field: field.name })
  const row = await findRow(meta, pk, fixtures, registry)
  if (row) return rowError(row, `field '${field.name}' ${reason}.`, { field: field.name })
  return new DeserializationError(`${meta.label} ${JSON.stringify(pk)}: field '${field.name}' ${reason}.`, {
    model: meta.label,
    pk,
    field: field.name,
  })
}

/** Looks for a row in the fixtures once more, to say where it stands. */
async function findRow(
  meta: ModelMeta,
  pk: unknown,
  fixtures: readonly Fixture[],
  registry: ModelRegistry,
): Promise<RowInFile | undefined> {
  const key = keyText(pk)
  for (const { name, format, open, once } of fixtures) {
    if (once) continue
    for await (const objects of readObjects(format, open(), name)) {
      for (const object of objects) {
        const read = readRow(object, { registry, ignoreNonExistent: true })
        if (read?.meta.concrete === meta && keyText(keyOf(read)) === key) return { place: read.place, meta, pk }
      }
    }
  }
  return undefined
}
