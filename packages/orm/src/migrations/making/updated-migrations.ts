import { migrationName } from '../autodetector/migration-name.ts'
import { MigrationError } from '../errors.ts'
import type { MigrationGraph } from '../graph.ts'
import { keyOf, type Migration, type MigrationKey } from '../migration.ts'
import { optimize } from '../optimizer/optimize.ts'

/** A migration with more in it, which takes the place of one that is there. */
export interface Update {
  readonly migration: Migration
  readonly replaced: Migration
}

/**
 * Puts what new migrations would do into the last one of each app instead. Throws `MigrationError` where that has run, stands for
 * others, or is what others come after: then it must not change any more.
 */
export function updatedMigrations(
  made: readonly Migration[],
  graph: MigrationGraph,
  applied: ReadonlySet<string>,
  name?: string,
): Update[] {
  const updates = made.map((migration) => {
    const last = lastOf(migration, made, graph, applied)
    const operations = optimize([...last.operations, ...migration.operations], last.app)
    return {
      replaced: last,
      made: migration,
      migration: { ...last, operations, name: nameOf(last, operations, name, graph) },
    }
  })
  const renamed = new Map(
    updates.flatMap(({ replaced, made: one, migration }) => [
      [keyOf(one), migration],
      [keyOf(replaced), migration],
    ]),
  )
  return updates.map(({ replaced, made: one, migration }) => {
    const all = [...replaced.dependencies, ...one.dependencies].map((key) => renamed.get(keyOf(key)) ?? key)
    const dependencies = distinct(all).filter((key) => keyOf(key) !== keyOf(migration))
    return { replaced, migration: { ...migration, dependencies } }
  })
}

function lastOf(
  { app, name }: Migration,
  made: readonly Migration[],
  graph: MigrationGraph,
  applied: ReadonlySet<string>,
): Migration {
  const last = graph.leaf(app)
  if (!last)
    throw new MigrationError(`'${app}' has no migration that could be updated: run makemigrations without --update.`)
  const refuse = (why: string) =>
    new MigrationError(`${keyOf(last)} cannot be updated: ${why} Run makemigrations without --update.`)
  if (made.filter((one) => one.app === app).length > 1) {
    throw refuse(`the changes make two migrations, between which those of other apps stand (${name} is one).`)
  }
  if (last.replaces.length > 0) throw refuse('it was squashed from others.')
  if (applied.has(keyOf(last))) {
    throw refuse(
      `the database has run it. Take it back first (migrate ${app} ${before(last, graph)}), where no other database has it.`,
    )
  }
  const dependents = graph.order.filter((other) => graph.needs(other).includes(last))
  if (dependents.length > 0) throw refuse(`${dependents.map(keyOf).join(', ')} come after it.`)
  return last
}

function before(last: Migration, graph: MigrationGraph): string {
  return graph.needs(last).find(({ app }) => app === last.app)?.name ?? 'zero'
}

/** A name that was made of the operations follows them; one that somebody chose stays. */
function nameOf(
  last: Migration,
  operations: Migration['operations'],
  name: string | undefined,
  graph: MigrationGraph,
): string {
  const isFirst = graph.of(last.app).length === 1
  const [number, own] = [/^\d*_?/.exec(last.name)![0], last.name.replace(/^\d*_?/, '')]
  if (name !== undefined) return `${number}${name}`
  return own === migrationName(last.operations, isFirst) ? `${number}${migrationName(operations, isFirst)}` : last.name
}

function distinct(keys: readonly MigrationKey[]): MigrationKey[] {
  return [...new Map(keys.map((key) => [key.swappable ?? keyOf(key), key])).values()]
}
