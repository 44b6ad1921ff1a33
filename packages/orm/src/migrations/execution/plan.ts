import { MigrationError } from '../errors.ts'
import type { MigrationGraph } from '../graph.ts'
import { keyOf, type Migration } from '../migration.ts'

/** Where to migrate to; without `app`, everything to its end. */
export interface MigrationTarget {
  /** One app, with what it needs. */
  readonly app?: string | undefined
  /** A migration of that app, by its name or the start of it, or `'zero'`: before the first. */
  readonly name?: string | undefined
}

export interface Step {
  readonly migration: Migration
  readonly direction: 'forwards' | 'backwards'
}

/** What the database says of migrations, by their keys. */
export interface Ran {
  readonly applied: ReadonlySet<string>
  /** Those of which some operations stand and others do not: a migration that is not atomic was stopped. */
  readonly unfinished: ReadonlySet<string>
}

/** The steps from what ran to the target, in order. Throws `MigrationError` where files, record and target do not fit. */
export function makePlan(graph: MigrationGraph, ran: Ran, { app, name }: MigrationTarget): Step[] {
  assertConsistent(graph, ran)
  if (name !== undefined && app === undefined) {
    throw new MigrationError(`The migration '${name}' needs the app it belongs to.`)
  }
  if (app === undefined) return forwards(graph.order, graph, ran)
  if (name === undefined) {
    const leaf = graph.leaf(app)
    return leaf ? forwards(graph.ancestors(leaf), graph, ran) : []
  }
  if (name === 'zero') return backwards(graph.of(app), graph, ran)
  const goal = graph.find(app, name)
  if (!stands(goal, ran)) return forwards(graph.ancestors(goal), graph, ran)
  const later = graph.descendants([goal]).filter((one) => one !== goal && one.app === app)
  return backwards(later, graph, ran)
}

/** Whether all of a migration is done. */
function stands(migration: Migration, { applied, unfinished }: Ran): boolean {
  return applied.has(keyOf(migration)) && !unfinished.has(keyOf(migration))
}

function forwards(migrations: readonly Migration[], graph: MigrationGraph, ran: Ran): Step[] {
  for (const app of new Set(migrations.map((migration) => migration.app))) graph.leaf(app)
  return migrations
    .filter((migration) => !stands(migration, ran))
    .map((migration) => ({ migration, direction: 'forwards' }))
}

function backwards(migrations: readonly Migration[], graph: MigrationGraph, { applied, unfinished }: Ran): Step[] {
  return graph
    .descendants(migrations)
    .filter((migration) => applied.has(keyOf(migration)) || unfinished.has(keyOf(migration)))
    .map((migration) => ({ migration, direction: 'backwards' }))
}

/** The record cannot have a migration without those it needs: files were changed after they ran, or the record was. */
export function assertConsistent(graph: MigrationGraph, { applied }: Ran): void {
  for (const migration of graph.order) {
    if (!applied.has(keyOf(migration))) continue
    const missing = graph.needs(migration).find((needed) => !applied.has(keyOf(needed)))
    if (!missing) continue
    const setting = migration.dependencies.find((key) => keyOf(key) === keyOf(missing))?.swappable
    throw new MigrationError(
      `The database has run ${keyOf(migration)}, but not ${keyOf(missing)}, which it needs. ${wayOut(setting)}`,
    )
  }
}

function wayOut(setting: string | undefined): string {
  return setting === undefined
    ? 'Was a dependency added to a migration that had run? Put the files back as they were, or correct the table django_migrations.'
    : `Its relations go to the model that the setting '${setting}' names: was that another when the database was made? Put the setting back; ` +
        'to change it in the middle of a project takes work by hand.'
}
