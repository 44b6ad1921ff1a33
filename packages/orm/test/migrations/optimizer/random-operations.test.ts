import fc from 'fast-check'
import { expect, test } from 'vitest'
import { closeDatabases, configureDatabases, database } from '../../../src/backends/registry.ts'
import type { TableSchema } from '../../../src/backends/schema.ts'
import { bigAuto } from '../../../src/fields/index.ts'
import { historyOf } from '../../../src/migrations/operations/history.ts'
import { createModel } from '../../../src/migrations/operations/model-operations.ts'
import type { Operation } from '../../../src/migrations/operations/operation.ts'
import { optimize } from '../../../src/migrations/optimizer/optimize.ts'
import type { FieldState } from '../../../src/migrations/state/field-state.ts'
import { plainForm } from '../../../src/migrations/state/plain-form.ts'
import { ProjectState } from '../../../src/migrations/state/project-state.ts'
import { anotherDatabase, bound, useTemporaryDatabase, vendor } from '../../temporary-database.ts'
import { app, choices, initialState, operationsFrom } from './random-operations.ts'

useTemporaryDatabase()

function after(state: ProjectState, operations: readonly Operation[]): ProjectState {
  return operations.reduce((current, operation) => operation.applyTo(current, app), state)
}

/** A state as data: models in any order, their fields, indexes and constraints in that which they have. */
function told(state: ProjectState): unknown {
  const models = state.models.map(({ name, fields, options }) => ({
    name,
    fields: [...fields].map(([field, { factory, options: own }]) => plainForm({ field, factory, own })),
    options: plainForm(options),
  }))
  return models.sort((one, other) => (one.name < other.name ? -1 : 1))
}

const descriptions = (operations: readonly Operation[]) => operations.map(({ description }) => description)

test('the state is the same, operations are fewer or as many, and nothing is left to fold', () => {
  let folded = 0
  fc.assert(
    fc.property(choices, choices, (before, numbers) => {
      const start = after(initialState(), operationsFrom(initialState(), before))
      const operations = operationsFrom(start, numbers)
      const optimized = optimize(operations, app)
      expect(told(after(start, optimized))).toEqual(told(after(start, operations)))
      expect(optimized.length).toBeLessThanOrEqual(operations.length)
      expect(descriptions(optimize(optimized, app))).toEqual(descriptions(optimized))
      folded += operations.length - optimized.length
    }),
    { numRuns: 1_000 },
  )
  expect(folded).toBeGreaterThan(500)
})

test('a database comes to the same tables and the same rows', async () => {
  await fc.assert(
    fc.asyncProperty(choices, choices, async (before, numbers) => {
      const first = operationsFrom(initialState(), before)
      const start = after(initialState(), first)
      const operations = operationsFrom(start, numbers)
      const optimized = optimize(operations, app)
      fc.pre(optimized.length < operations.length)
      const expected = await outcome(first, start, operations)
      expect(await outcome(first, start, optimized)).toEqual(expected)
    }),
    { numRuns: 20 },
  )
}, 11_000)

async function outcome(first: readonly Operation[], start: ProjectState, operations: readonly Operation[]) {
  await emptyDatabase()
  await run(new ProjectState(), [createModel('Z', { id: bigAuto() })], 'two')
  await run(initialState(), first)
  await addRows(start)
  await run(start, operations)
  const tables = byName(await database().introspect())
  const contents = await Promise.all(
    tables.map(async ({ name, columns }) => [
      name,
      await database().all(
        bound(`SELECT ${columns.map((column) => `"${column.name}"`).join(', ')} FROM "${name}" ORDER BY "id"`),
        [],
      ),
    ]),
  )
  return { tables, contents }
}

/** Whatever the order in which they were made. */
function byName(tables: readonly TableSchema[]): TableSchema[] {
  const sorted = <T extends { readonly name: string }>(list: readonly T[]) =>
    list.toSorted((one, other) => (one.name < other.name ? -1 : 1))
  return sorted(tables).map((table) => ({
    ...table,
    columns: sorted(table.columns),
    indexes: sorted(table.indexes),
    checks: sorted(table.checks),
    uniques: sorted(table.uniques),
  }))
}

async function run(state: ProjectState, operations: readonly Operation[], of = app): Promise<void> {
  let from = state
  await database().alterSchema(async (editor) => {
    for (const operation of operations) {
      const to = operation.applyTo(from, of)
      await operation.forwards({ app: of, from, to, editor, database: database(), recording: false })
      from = to
    }
  })
}

/** Two rows in each table, one of which has NULL where it may. */
async function addRows(state: ProjectState): Promise<void> {
  const history = historyOf({ app, state, database: database() })
  for (const { app: own, name, fields } of state.models) {
    if (own !== app) continue
    for (const empty of [false, true]) {
      const values = [...fields].flatMap(([field, form]) => {
        const value = valueFor(form)
        if (value === undefined) return []
        return [[field, empty && form.options.null === true ? null : value]]
      })
      await history.model<Record<string, unknown>>(name).objects.create(Object.fromEntries(values) as never)
    }
  }
}

function valueFor({ factory }: FieldState): unknown {
  if (factory === 'integer') return 7
  return factory === 'char' || factory === 'text' ? 'row' : undefined
}

/** In place of the database that was there. */
async function emptyDatabase(): Promise<void> {
  if (vendor === 'postgresql') return database().script('DROP SCHEMA public CASCADE; CREATE SCHEMA public')
  await closeDatabases()
  configureDatabases({ default: await anotherDatabase() })
}
