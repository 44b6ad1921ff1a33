import type { Database } from '../../backends/database.ts'
import { IntegrityError } from '../../backends/errors.ts'
import type { DeferredChecks } from '../../backends/operations.ts'
import { operationsFor } from '../../backends/operations-for.ts'
import type { ModelMeta } from '../../models/model-meta.ts'
import { columnDecoder } from '../../query/execute/row-reader.ts'
import type { ForeignKeyField } from '../../relations/foreign-key.ts'

/** A row that points to one that is not there. */
export interface DanglingRow {
  readonly meta: ModelMeta
  readonly pk: unknown
  readonly field: ForeignKeyField
  readonly value: unknown
}

/** Puts the checks of foreign keys off to the end of the transaction that is open, where the database can. */
export async function deferChecks(db: Database): Promise<void> {
  const { deferredChecks } = operationsFor(db.vendor)
  if (deferredChecks) await db.script(deferredChecks.begin)
}

/**
 * Makes the checks that were put off, of rows of these models and their pairs. Returns a row that points nowhere, where one can be
 * named. Throws what the database says where none can.
 */
export async function settleChecks(models: Iterable<ModelMeta>, db: Database): Promise<DanglingRow | undefined> {
  const { deferredChecks } = operationsFor(db.vendor)
  if (!deferredChecks) return undefined
  const all = withPairs(models)
  try {
    // A savepoint, so that the database answers still when a check has failed.
    await db.atomic(() => makeChecks(deferredChecks, all, db))
  } catch (error) {
    if (!(error instanceof IntegrityError)) throw error
    for (const meta of all) {
      for (const field of meta.foreignKeys) {
        const found = field.dbConstraint ? await danglingRow(meta, field, db) : undefined
        if (found) return found
      }
    }
    throw error
  }
  return undefined
}

async function makeChecks(checks: DeferredChecks, models: readonly ModelMeta[], db: Database): Promise<void> {
  for (const sql of checks.end(models.map(({ table }) => table))) {
    const rows = await db.all({ sql }, [])
    if (rows.length > 0) throw new IntegrityError('A row points to one that is not there.', { alias: db.alias, sql })
  }
}

/** The models, and the tables of pairs that are written with their rows. */
function withPairs(models: Iterable<ModelMeta>): ModelMeta[] {
  const pairs = [...models].flatMap(({ manyToMany }) => manyToMany.map(({ through }) => through.concrete))
  return [...new Set([...models, ...pairs])]
}

async function danglingRow(meta: ModelMeta, field: ForeignKeyField, db: Database): Promise<DanglingRow | undefined> {
  const { quote } = operationsFor(db.vendor)
  const { pk, table } = field.target
  const own = [...meta.keyFields, field].map(({ column }) => `s.${quote(column)}`)
  const sql =
    `SELECT ${own.join(', ')} FROM ${quote(meta.table)} s LEFT JOIN ${quote(table)} t ON s.${quote(field.column)} = t.${quote(pk.column)} ` +
    `WHERE s.${quote(field.column)} IS NOT NULL AND t.${quote(pk.column)} IS NULL LIMIT 1`
  const [raw] = await db.all({ sql, bigints: true }, [])
  if (raw === undefined) return undefined
  const values = [...meta.keyFields, field].map((each, at) => columnDecoder(each, true)?.(raw[at] as never) ?? raw[at])
  const key = values.slice(0, -1)
  return { meta, pk: key.length === 1 ? key[0] : key, field, value: values.at(-1) }
}
