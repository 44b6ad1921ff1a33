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

/** The steps from what is applied to the target, in order. */
export function makePlan(graph: MigrationGraph, applied: ReadonlySet<string>, { app, name }: MigrationTarget): Step[] {
  assertConsistent(graph, applied)
  if (name !== undefined && app === undefined) {
    throw new MigrationError(`The migration '${name}' needs the app it belongs to.`)
  }
  if (app === undefined) return forwards(graph.order, graph, applied)
  if (name === undefined) {
    const leaf = graph.leaf(app)
    return leaf ? forwards(graph.ancestors(leaf), graph, applied) : []
  }
  if (name === 'zero') return backwards(graph.of(app), graph, applied)
  const goal = graph.find(app, name)
  if (!applied.has(keyOf(goal))) return forwards(graph.ancestors(goal), graph, applied)
  const later = graph.of(app).filter((one) => one !== goal && graph.ancestors(one).includes(goal))
  return backwards(later, graph, applied)
}

function forwards(migrations: readonly Migration[], graph: MigrationGraph, applied: ReadonlySet<string>): Step[] {
  for (const app of new Set(migrations.map((migration) => migration.app))) graph.leaf(app)
  return migrations
    .filter((migration) => !applied.has(keyOf(migration)))
    .map((migration) => ({ migration, direction: 'forwards' }))
}

function backwards(migrations: readonly Migration[], graph: MigrationGraph, applied: ReadonlySet<string>): Step[] {
  return graph
    .descendants(migrations)
    .filter((migration) => applied.has(keyOf(migration)))
    .map((migration) => ({ migration, direction: 'backwards' }))
}

/** The record cannot have a migration without those it needs: files were changed after they ran, or the record was. */
function assertConsistent(graph: MigrationGraph, applied: ReadonlySet<string>): void {
  for (const migration of graph.order) {
    if (!applied.has(keyOf(migration))) continue
    const missing = migration.dependencies.find((dependency) => !applied.has(keyOf(dependency)))
    if (!missing) continue
    throw new MigrationError(
      `The database has run ${keyOf(migration)}, but not ${keyOf(missing)}, which it needs. ` +
        'Was a dependency added to a migration that had run? Put the files back as they were, or correct the table django_migrations.',
    )
  }
}
