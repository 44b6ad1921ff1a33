import type { SqlValue } from '../../src/backends/database.ts'
import { operationsFor } from '../../src/backends/operations-for.ts'
import { database } from '../../src/backends/registry.ts'
import type { MigrationApp } from '../../src/migrations/app.ts'
import { modelsOf } from '../../src/migrations/app.ts'
import type { ModelMeta } from '../../src/models/model-meta.ts'
import { bound, vendor } from '../temporary-database.ts'
import { type FieldSpec, kindOf, type ModelSpec, type ProjectSpec, targetOf } from './random-project.ts'

const quoted = (name: string) => operationsFor(vendor).quote(name)

/** The models of a version beside what they were made of. */
export class Tables {
  readonly #metas: ReadonlyMap<string, ModelMeta>
  readonly project: ProjectSpec

  constructor(project: ProjectSpec, apps: readonly MigrationApp[]) {
    this.project = project
    this.#metas = new Map(apps.flatMap(modelsOf).map((meta) => [meta.label, meta]))
  }

  meta({ app, name }: ModelSpec): ModelMeta {
    return this.#metas.get(`${app}.${name}`)!
  }

  column(model: ModelSpec, field: FieldSpec): string {
    return (this.meta(model).field(field.name) as { column: string }).column
  }

  /** The table of pairs of a many-to-many and its two columns, the key of the model first. */
  pairs(model: ModelSpec, field: FieldSpec): { table: string; columns: string[] } {
    const through = this.meta(model).manyToMany.find(({ name }) => name === field.name)!.through
    return { table: through.table, columns: through.foreignKeys.slice(0, 2).map(({ column }) => column) }
  }

  get #ofPairs(): [ModelSpec, FieldSpec][] {
    return this.project.models.flatMap((model) =>
      model.fields
        .filter(({ type }) => 'relation' in type && type.relation === 'manyToMany')
        .map((field): [ModelSpec, FieldSpec] => [model, field]),
    )
  }

  /** Gives two rows to each model that is new, and two pairs to each many-to-many. */
  async fill(before: ProjectSpec): Promise<void> {
    const had = (id: number) => before.models.some((model) => model.id === id)
    const hadField = (id: number) => before.models.some(({ fields }) => fields.some((field) => field.id === id))
    await database().atomic(async () => {
      for (const model of this.project.models) {
        if (!had(model.id)) for (const row of [0, 1] as const) await this.#insert(model, row)
      }
      for (const [model, field] of this.#ofPairs) {
        if (hadField(field.id)) continue
        const { table, columns } = this.pairs(model, field)
        const target = this.project.models.find(({ id }) => id === targetOf(field))!
        for (const row of [0, 1] as const) await insert(table, columns, [keyOf(model, row), keyOf(target, 0)])
      }
    })
  }

  async #insert(model: ModelSpec, row: 0 | 1): Promise<void> {
    const values = new Map<string, SqlValue>()
    if (model.key !== 'composite') values.set('id', keyOf(model, row))
    else for (const name of ['left', 'right']) values.set(name, 11 + row)
    for (const field of model.fields) {
      const target = targetOf(field)
      if (kindOf(field)?.isComputed || ('relation' in field.type && /manyToMany|through/.test(field.type.relation)))
        continue
      const model2 = this.project.models.find(({ id }) => id === target)
      const value = model2 ? keyOf(model2, row) : kindOf(field)!.values[row]
      values.set(this.column(model, field), row === 1 && field.variant.null ? null : value)
    }
    await insert(this.meta(model).table, [...values.keys()], [...values.values()])
  }

  /** All values, by model, field and row, and all pairs. */
  async read(): Promise<Map<string, unknown>> {
    const found = new Map<string, unknown>()
    for (const model of this.project.models) {
      const fields = model.fields.filter(
        ({ type }) => !('relation' in type) || !/manyToMany|through/.test(type.relation),
      )
      const columns = fields.map((field) => quoted(this.column(model, field)))
      const key = model.key === 'composite' ? 'left' : 'id'
      const sql = `SELECT ${[`CAST(${quoted(key)} AS text)`, ...columns].join(', ')} FROM ${quoted(this.meta(model).table)} ORDER BY 1`
      const rows = await database().all({ ...bound(sql), bigints: true }, [])
      found.set(
        `${model.id}`,
        rows.map(([own]) => own),
      )
      fields.forEach((field, at) => {
        found.set(
          signature(this.project, model, field),
          rows.map((row) => row[at + 1]),
        )
      })
    }
    for (const [model, field] of this.#ofPairs) {
      const { table, columns } = this.pairs(model, field)
      const texts = columns.map((column) => `CAST(${quoted(column)} AS text)`).join(', ')
      found.set(
        `${model.id}.${field.id} pairs`,
        await database().all(bound(`SELECT ${texts} FROM ${quoted(table)} ORDER BY 1, 2`), []),
      )
    }
    return found
  }
}

/** What must be the same for the values of a field to stay: its type, that of what it leads to, and of what it is computed of. */
function signature(project: ProjectSpec, model: ModelSpec, { id, type, variant }: FieldSpec): string {
  const target = project.models.find((one) => 'target' in type && one.id === type.target)
  const sources = model.fields.filter(
    (one) => kindOf(one) !== undefined && 'family' in one.type && /name|size/.test(one.type.family),
  )
  const of = 'family' in type && type.family === 'computed' ? sources.map((one) => one.type) : []
  return JSON.stringify([model.id, id, type, variant.null, target?.key, of])
}

function keyOf(model: ModelSpec, row: 0 | 1): SqlValue {
  return model.key === 'char' ? String(11 + row) : 11 + row
}

async function insert(table: string, columns: readonly string[], values: readonly SqlValue[]): Promise<void> {
  const sql = `INSERT INTO ${quoted(table)} (${columns.map(quoted).join(', ')}) VALUES (${columns.map(() => '?').join(', ')})`
  await database().run(bound(sql), values)
}

/** Takes the rows of tables, whatever points to them. */
export function emptied(tables: readonly string[]): string {
  const names = tables.map(quoted)
  if (names.length === 0) return 'SELECT 1'
  if (vendor === 'postgresql') return `TRUNCATE ${names.join(', ')} CASCADE`
  return `PRAGMA foreign_keys = OFF; ${names.map((name) => `DELETE FROM ${name}`).join('; ')}; PRAGMA foreign_keys = ON`
}
