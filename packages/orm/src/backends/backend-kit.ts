/** What a backend is made of, beside its own: the entry `nuages/orm/backends`. */

export type { Field, FieldKind } from '../fields/field.ts'
export type { FunctionInput, FunctionSql } from '../query/expressions/sql-function.ts'
export { type Bind, type Fragment, fragment, sql } from '../query/fragment.ts'
export { type AtomicBlock, blockOf, type TransactionSession } from '../transactions/atomic-block.ts'
export { registerOnCommit } from '../transactions/commit-callbacks.ts'
export { runAtomic, runTransaction, type TransactionHost } from '../transactions/run-atomic.ts'
export { TurnNotReached, Turns } from '../transactions/turns.ts'
export { columnIndexName, type NameSuffix } from './constraint-name.ts'
export * from './index.ts'
export { onConflictClause } from './on-conflict.ts'
export {
  type ComparisonInput,
  type ComparisonSql,
  type DeferredChecks,
  type OnConflict,
  type Operations,
  placeholder,
  type RowLock,
  type SearchInput,
} from './operations.ts'
export { postgresOperations } from './postgres/operations.ts'
export { traced, tracedSync } from './query-channel.ts'
export { renamedTable } from './renamed-table.ts'
export type { CheckSchema, ExclusionSchema, IndexColumn } from './schema.ts'
export { registerFunctions as registerSqliteFunctions } from './sqlite/functions.ts'
export { sqliteOperations } from './sqlite/operations.ts'
export { makeTestDatabase, type TestDatabase, type TestPlace } from './test-database.ts'
