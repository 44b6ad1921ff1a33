import * as concurrent from './concurrent-operations.ts'
import * as extensions from './extension-operations.ts'
import * as fields from './field-operations.ts'
import * as indexes from './index-operations.ts'
import * as models from './model-operations.ts'
import * as notValid from './not-valid-operations.ts'
import * as code from './run-code.ts'
import * as sql from './run-sql.ts'
import * as separate from './separate-database-and-state.ts'

/** The functions of this package that make operations, by name: a migration file may import them. */
export const ownFactories: ReadonlySet<string> = new Set(
  [models, fields, indexes, concurrent, notValid, extensions, sql, code, separate].flatMap(Object.keys),
)
