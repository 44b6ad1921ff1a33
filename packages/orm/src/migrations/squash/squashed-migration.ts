import type { MigrationGraph } from '../graph.ts'
import { keyOf, type Migration, type MigrationKey, newMigration } from '../migration.ts'
import type { Operation } from '../operations/operation.ts'
import { optimize } from '../optimizer/optimize.ts'
import type { ProjectState } from '../state/project-state.ts'

export interface SquashOptions {
  /** In place of `squashed_<last>`, after the number. */
  readonly name?: string | undefined
  /** Whether operations are folded; what may be left out goes either way. */
  readonly optimize: boolean
}

export interface Squashed {
  readonly migration: Migration
  /** What was left out, since its author said that squashing may. */
  readonly elided: readonly Operation[]
}

/** One migration that does what those of the range do, `before` being the state that they start from. */
export function squashedMigration(
  graph: MigrationGraph,
  range: readonly Migration[],
  before: ProjectState,
  options: SquashOptions,
): Squashed {
  const [first, last] = [range[0]!, range.at(-1)!]
  const { app } = first
  const elided: Operation[] = []
  const kept: Operation[] = []
  let state = before
  for (const operation of range.flatMap(({ operations }) => operations)) {
    const after = operation.applyTo(state, app)
    // What changes the state is needed by what comes after it, whatever its author says.
    if (operation.elidable && after === state) elided.push(operation)
    else kept.push(operation)
    state = after
  }
  const operations = options.optimize ? optimize(kept, app) : kept
  const isFirst = graph.needs(first).every((needed) => needed.app !== app)
  const migration = newMigration({
    app,
    name: nameOf(first, last, isFirst, options.name),
    initial: isFirst ? true : undefined,
    replaces: range.map(({ name }) => ({ app, name })),
    dependencies: outside(graph, range, ({ dependencies }) => dependencies),
    runBefore: outside(graph, range, ({ runBefore }) => runBefore),
    atomic: !operations.some((operation) => standsAlone(operation, range)),
    operations,
  })
  return { migration, elided }
}

function nameOf(first: Migration, last: Migration, isFirst: boolean, name: string | undefined): string {
  if (name !== undefined) return `${/^\d*/.exec(first.name)![0] || '0001'}_${name}`
  return isFirst ? `0001_squashed_${last.name}` : `${first.name}_squashed_${last.name}`
}

/** What the migrations name that is not of the range, without what follows from another of them. */
function outside(
  graph: MigrationGraph,
  range: readonly Migration[],
  namedBy: (migration: Migration) => readonly MigrationKey[],
): MigrationKey[] {
  const own = new Set(range)
  const ownApp = range[0]!.app
  const named = range.flatMap(namedBy).map((key) => {
    const standing = graph.replacementOf(key)
    return standing && key.swappable === undefined ? { app: standing.app, name: standing.name } : key
  })
  const distinct = [...new Map(named.map((key) => [key.swappable ?? keyOf(key), key])).values()]
  const others = distinct.filter((key) => {
    const migration = graph.get(key)
    return migration ? !own.has(migration) : key.app !== ownApp
  })
  return others.filter((key) => !others.some((other) => key !== other && isImplied(graph, key, other)))
}

/** Whether one dependency comes with another of the same app. What a setting names may be another migration tomorrow. */
function isImplied(graph: MigrationGraph, key: MigrationKey, other: MigrationKey): boolean {
  if (key.app !== other.app || key.swappable !== undefined || other.swappable !== undefined) return false
  const migration = graph.get(key)
  return migration !== undefined && graph.ancestors(other).includes(migration)
}

/** Whether an operation must not be in one transaction with others, or was not where it comes from. */
function standsAlone(operation: Operation, range: readonly Migration[]): boolean {
  if (operation.atomic === false) return true
  const home = range.find(({ operations }) => operations.includes(operation))
  return home !== undefined && !home.atomic && operation.factory.startsWith('run')
}
