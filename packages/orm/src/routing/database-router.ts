import type { RuntimeModel } from '../models/model-meta.ts'

/** What a router may go by beside the model. */
export interface RoutingHints {
  /** The row that the query starts from: whose relation is read, or that is saved. */
  readonly instance?: object | undefined
}

/** What a migration is about to change. */
export interface MigrationHints {
  /** The model's class name, where it is about one model. */
  readonly model?: string | undefined
  /** What `runSQL` and `runCode` give beside, in words of the project's own. */
  readonly [hint: string]: unknown
}

/**
 * Says which database a query goes to. Every method may be left out, and answers `undefined` where it has no opinion: then the
 * next router is asked, and at last a row stays in its own database, and everything else goes to `default`. Django's database
 * routers.
 */
export interface DatabaseRouter {
  /** The alias to read the model's rows from. Django's `db_for_read`. */
  dbForRead?(model: RuntimeModel, hints: RoutingHints): string | undefined
  /** The alias to write the model's rows to. Django's `db_for_write`. */
  dbForWrite?(model: RuntimeModel, hints: RoutingHints): string | undefined
  /** Whether rows of two databases may be related. Unless told, they may not. Django's `allow_relation`. */
  allowRelation?(one: object, other: object): boolean | undefined
  /** Whether migrations of the app may change that database. Unless told, they may. Django's `allow_migrate`. */
  allowMigrate?(alias: string, app: string, hints: MigrationHints): boolean | undefined
}
