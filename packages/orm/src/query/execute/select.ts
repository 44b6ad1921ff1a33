import type { Database, MaybePromise, RawRow, SqlValue, Statement } from '../../backends/database.ts'
import { TransactionManagementError } from '../../backends/errors.ts'
import type { Operations } from '../../backends/operations.ts'
import { operationsFor } from '../../backends/operations-for.ts'
import type { Slot } from '../../lookups/lookup.ts'
import type { ModelMeta } from '../../models/model-meta.ts'
import { refuseOuter } from '../build/query-state.ts'
import { compileSelect, limitOf } from '../compile/compile-select.ts'
import type { CompiledSelect } from '../compile/select-list.ts'
import { type Bind, type Fragment, fragment, join, wrap } from '../fragment.ts'
import type { Query } from '../query.ts'
import { isRowOfKey } from './row-of-key.ts'
import { instanceReader, type ResultReader, valuesReader } from './row-reader.ts'

/** A statement with where its parameters come from. */
export interface CompiledStatement {
  readonly statement: Statement
  readonly binds: readonly Bind[]
}

interface CompiledRows extends CompiledStatement {
  readonly reader: ResultReader
  /** It locks its rows, which makes sense in a transaction alone. */
  readonly locks: boolean
  /** How many columns are read; what a distinct result is ordered by may stand behind them. */
  readonly width: number
}

/** Queries are written in code, so there are few shapes; one built from input must not fill the memory. */
const cacheLimit = 1000
/** Of one shape, slices differ: their limits are part of the statement. */
const kindLimit = 100

/** What `compile` made for a shape before, or makes now. `kind` sets apart what is compiled from one shape. */
export function compiledOnce<T>(meta: ModelMeta, vendor: string, kind: string, shape: string, compile: () => T): T {
  let shapes = meta.compiled.get(vendor)
  if (shapes === undefined) {
    shapes = new Map()
    meta.compiled.set(vendor, shapes)
  }
  let kinds = shapes.get(shape)
  if (kinds === undefined || kinds.size >= kindLimit) {
    if (shapes.size >= cacheLimit) shapes.clear()
    kinds = new Map()
    shapes.set(shape, kinds)
  }
  // By the shape first: a text that is kept, as that of a known filter, has its hash already.
  const known = kinds.get(kind) as T | undefined
  if (known !== undefined) return known
  const compiled = compile()
  kinds.set(kind, compiled)
  return compiled
}

export function parametersOf(compiled: CompiledStatement, values: Query['values']): SqlValue[] {
  const { binds } = compiled
  const parameters = new Array<SqlValue>(binds.length)
  for (let index = 0; index < binds.length; index++) {
    const bind = binds[index]!
    if ('value' in bind) {
      parameters[index] = bind.value()
      continue
    }
    if ('list' in bind) {
      parameters[index] = bind.list(values.slice(bind.at, bind.at + bind.count).map(bound))
      continue
    }
    const value = bound(values[bind.at]!)
    parameters[index] = bind.map === undefined ? value : bind.map(value)
  }
  return parameters
}

function bound(slot: Slot): SqlValue {
  return typeof slot === 'function' ? slot() : slot
}

/** Sets apart statements that differ in their slice alone. */
function limitKind(query: Query): string {
  if (query.high === undefined) return query.low > 0 ? 'o' : ''
  return `${limitOf(query)}${query.low > 0 ? 'o' : ''}`
}

/** A compiled SELECT with its slice; the offset is bound after the query's own values. */
function sliced(query: Query, operations: Operations, { sql, after }: CompiledSelect): Fragment {
  const binds: Bind[] = query.low > 0 ? [{ at: query.values.length, map: undefined }] : []
  const clause = fragment(operations.limit(limitOf(query), query.low > 0), binds)
  return join(after ? [sql, clause, after] : [sql, clause], '')
}

/** The final text of a statement. */
export function statementOf(operations: Operations, query: Fragment, bigints?: boolean): CompiledStatement {
  const { sql, binds } = operations.finishQuery(query)
  return { statement: bigints === undefined ? { sql } : { sql, bigints }, binds }
}

function valuesOf(query: Query): Query['values'] {
  return query.low > 0 ? [...query.values, query.low] : query.values
}

function compileRows(query: Query, operations: Operations): CompiledRows {
  const select = compileSelect(query, operations, 'rows')
  const { columns } = select
  const bigints = columns.fields.some((field) => field.readsBigints)
  const reader = columns.selected ? valuesReader(columns, bigints) : instanceReader(query.meta, columns, bigints)
  const { statement, binds } = statementOf(operations, sliced(query, operations, select), bigints)
  return {
    statement: isRowOfKey(query) ? { ...statement, single: true } : statement,
    binds,
    reader,
    width: columns.fields.length,
    locks: (select.after?.sql ?? '') !== '',
  }
}

export function prepare(query: Query, db: Database): { compiled: CompiledRows; parameters: SqlValue[] } {
  const compiled = compiledOnce(query.meta, db.vendor, limitKind(query), query.shape, () =>
    compileRows(query, operationsFor(db.vendor)),
  )
  if (compiled.locks && !db.inAtomicBlock) {
    throw new TransactionManagementError(
      'selectForUpdate() locks rows until a transaction ends: call it inside atomic().',
    )
  }
  return { compiled, parameters: parametersOf(compiled, valuesOf(query)) }
}

/** Runs a query and reads its rows. Answers without a promise where the database does. */
export function selectRows(query: Query, db: Database): MaybePromise<unknown[]> {
  refuseOuter(query)
  if (query.empty) return []
  const { compiled, parameters } = prepare(query, db)
  const rows = db.all(compiled.statement, parameters)
  if (rows instanceof Promise) return rows.then((raw) => compiled.reader.read(raw, db.alias, query.fetchMode))
  return compiled.reader.read(rows, db.alias, query.fetchMode)
}

/** Runs a query that has a column beside its rows; gives both, in the same order. */
export async function selectBeside(query: Query, db: Database): Promise<{ rows: unknown[]; beside: unknown[] }> {
  const { compiled, parameters } = prepare(query, db)
  const raw = await db.all(compiled.statement, parameters)
  return {
    rows: compiled.reader.read(raw, db.alias, query.fetchMode),
    beside: raw.map((row) => row[compiled.width - 1]),
  }
}

/** Runs a query and reads its rows in chunks. */
export async function* iterateRows(query: Query, db: Database, chunkSize: number): AsyncIterable<unknown[]> {
  if (query.empty) return
  const { compiled, parameters } = prepare(query, db)
  for await (const chunk of db.iterate(compiled.statement, parameters, chunkSize)) {
    yield compiled.reader.read(chunk, db.alias, query.fetchMode)
  }
}

async function firstCell(compiled: CompiledStatement, query: Query, db: Database): Promise<unknown> {
  const rows: RawRow[] = await db.all(compiled.statement, parametersOf(compiled, valuesOf(query)))
  return rows[0]?.[0]
}

/** How many rows a query has. */
export async function countRows(query: Query, db: Database): Promise<number> {
  refuseOuter(query)
  if (query.empty) return 0
  const compiled = compiledOnce(query.meta, db.vendor, `count ${limitKind(query)}`, query.shape, () => {
    const operations = operationsFor(db.vendor)
    const select = compileSelect(query, operations, 'count')
    if (select.isCounted) return statementOf(operations, select.sql)
    return statementOf(
      operations,
      wrap('SELECT COUNT(*) FROM (', sliced(query, operations, select), `) ${operations.quote('counted')}`),
    )
  })
  return Number(await firstCell(compiled, query, db))
}

/** Whether a query has any row. */
export async function anyRow(query: Query, db: Database): Promise<boolean> {
  refuseOuter(query)
  if (query.empty || (query.high !== undefined && query.high <= query.low)) return false
  const one = { ...query, high: query.high ?? query.low + 1 }
  const compiled = compiledOnce(query.meta, db.vendor, `exists ${limitKind(one)}`, query.shape, () => {
    const operations = operationsFor(db.vendor)
    return statementOf(operations, sliced(one, operations, compileSelect(one, operations, 'one')))
  })
  return (await firstCell(compiled, one, db)) !== undefined
}
