import { lastNumber } from '../autodetector/arrange-migrations.ts'
import { stateOf } from '../execution/state-at.ts'
import type { MigrationGraph } from '../graph.ts'
import { type Migration, newMigration } from '../migration.ts'
import type { MergedBranch, Questioner } from '../questioner.ts'
import { type Branch, mergeConflicts } from './merge-conflicts.ts'

const longestName = 47

/** A migration that makes one end of several, with what each of them leads through. */
export interface Merge {
  readonly migration: Migration
  readonly branches: readonly MergedBranch[]
}

/**
 * For each app with several ends a migration that comes after all of them. Asks where they may have to do with each other:
 * whether in any order they come to the same. An app about which the answer is no is left as it is.
 */
export async function mergedMigrations(
  graph: MigrationGraph,
  labels: readonly string[],
  questioner: Questioner,
  name?: string,
): Promise<Merge[]> {
  const merges: Merge[] = []
  for (const app of labels) {
    const leaves = graph.leaves(app)
    if (leaves.length < 2) continue
    const { branches, base } = branchesTo(leaves, graph)
    const conflicts = await mergeConflicts(branches, stateOf(base))
    const told = branches.map(toldBranch)
    if (conflicts.length > 0 && !(await questioner.askMerge?.({ app, branches: told, conflicts }))) continue
    merges.push({ migration: merge(app, leaves, graph, name), branches: told })
  }
  return merges
}

function toldBranch(branch: Branch): MergedBranch {
  return {
    migrations: branch.map((migration) => migration.name),
    operations: branch.flatMap(({ operations }) => operations.map(({ description }) => description)),
  }
}

function branchesTo(leaves: readonly Migration[], graph: MigrationGraph): { branches: Branch[]; base: Migration[] } {
  const paths = leaves.map((leaf) => new Set(graph.ancestors(leaf)))
  const branches = paths.map((path) =>
    graph
      .of(leaves[0]!.app)
      .filter((migration) => path.has(migration) && !paths.every((other) => other.has(migration))),
  )
  const apart = new Set(branches.flat())
  const base = graph.order.filter((migration) => paths.some((path) => path.has(migration)) && !apart.has(migration))
  return { branches, base }
}

/** Numbered after the highest, and named after what it joins where that is not too long: `0004_merge_0003_a_0003_b`. */
function merge(app: string, leaves: readonly Migration[], graph: MigrationGraph, name: string | undefined): Migration {
  const names = leaves.map((leaf) => leaf.name).sort()
  const number = Math.max(...graph.of(app).map((migration) => lastNumber(migration.name))) + 1
  const joined = `merge_${names.join('_')}`
  const suffix = name ?? (joined.length > longestName ? 'merge' : joined)
  return newMigration({
    app,
    name: `${String(number).padStart(4, '0')}_${suffix}`,
    dependencies: names.map((leaf) => ({ app, name: leaf })),
    operations: [],
  })
}
