import type { Database } from '../backends/database.ts'
import { database, databaseRouters } from '../backends/registry.ts'
import { QueryError } from '../errors.ts'
import type { RuntimeModel } from '../models/model-meta.ts'
import { type Row, stateOf } from '../models/row.ts'
import type { DatabaseRouter, MigrationHints } from './database-router.ts'

/** The first answer that a router has. */
function ask<T>(question: (router: DatabaseRouter) => T | undefined): T | undefined {
  for (const router of databaseRouters()) {
    const answer = question(router)
    if (answer !== undefined && answer !== null) return answer
  }
  return undefined
}

/** The database to read rows of a model from; `instance` is the row that the query starts from. */
export function databaseToRead(model: RuntimeModel, instance?: Row): Database {
  return database(ask((router) => router.dbForRead?.(model, { instance })) ?? (instance && stateOf(instance).alias))
}

/** The database to write rows of a model to. */
export function databaseToWrite(model: RuntimeModel, instance?: Row): Database {
  return database(ask((router) => router.dbForWrite?.(model, { instance })) ?? (instance && stateOf(instance).alias))
}

/** Whether migrations of an app may change a database, for a model or what else is told of. Django's `router.allow_migrate`. */
export function allowsMigration(alias: string, app: string, about: string | MigrationHints = {}): boolean {
  const hints = typeof about === 'string' ? { model: about } : about
  return ask((router) => router.allowMigrate?.(alias, app, hints)) ?? true
}

/**
 * A row that is in no database yet goes to that of the one it is related to. Throws `QueryError` for rows of two databases,
 * unless a router lets them be related.
 */
export function relate(row: Row, other: Row, relation: string): void {
  const own = stateOf(row)
  const theirs = stateOf(other)
  if (own.alias === theirs.alias) return
  if (own.alias === undefined) own.alias = databaseToWrite(modelOf(row), other).alias
  if (theirs.alias === undefined) theirs.alias = databaseToWrite(modelOf(other), row).alias
  if (own.alias === theirs.alias || ask((router) => router.allowRelation?.(row, other))) return
  const model = modelOf(row).meta.name
  throw new QueryError(
    `${model}.${relation} relates a row of database '${own.alias}' to one of '${theirs.alias}', which cannot refer to each other. ` +
      'Where both are the same data, a database router says so: allowRelation() { return true }.',
  )
}

function modelOf(row: Row): RuntimeModel {
  return row.constructor as unknown as RuntimeModel
}
