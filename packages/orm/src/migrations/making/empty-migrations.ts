import { lastNumber } from '../autodetector/arrange-migrations.ts'
import type { MigrationGraph } from '../graph.ts'
import { type Migration, newMigration } from '../migration.ts'

/** A migration without operations at the end of each app, to be filled by hand. */
export function emptyMigrations(graph: MigrationGraph, labels: readonly string[], name = 'custom'): Migration[] {
  return labels.map((app) => {
    const leaf = graph.leaf(app)
    const number = String(lastNumber(leaf?.name) + 1).padStart(4, '0')
    const dependencies = leaf ? [{ app, name: leaf.name }] : []
    return newMigration({ app, name: `${number}_${name}`, dependencies, operations: [] })
  })
}
