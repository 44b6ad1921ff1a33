import type { MigrationGraph } from '../graph.ts'
import { type Migration, type MigrationKey, newMigration } from '../migration.ts'
import type { Operation } from '../operations/operation.ts'
import type { Change } from './change.ts'
import { migrationName } from './migration-name.ts'

interface Draft {
  readonly app: string
  readonly operations: Operation[]
  readonly dependencies: Set<Draft>
  readonly relatesTo: Set<string>
}

/**
 * Puts changes into migrations: one an app, or more where two apps need each other in turns. `name` replaces the name that
 * the operations suggest.
 */
export function arrangeMigrations(changes: readonly Change[], graph: MigrationGraph, name?: string): Migration[] {
  const drafts: Draft[] = []
  const homes = new Map<Change, Draft>()
  for (const change of inOrder(changes)) {
    const needed = change.after.map((other) => homes.get(other)!)
    let draft = drafts.findLast(({ app }) => app === change.app)
    if (!draft || needed.some((other) => other !== draft && reaches(other, draft!))) {
      const next: Draft = {
        app: change.app,
        operations: [],
        dependencies: new Set(draft ? [draft] : []),
        relatesTo: new Set(),
      }
      drafts.push(next)
      draft = next
    }
    draft.operations.push(change.operation)
    for (const other of needed) if (other !== draft) draft.dependencies.add(other)
    for (const app of [...change.relatesTo, ...formerDependents(change, graph)]) draft.relatesTo.add(app)
    homes.set(change, draft)
  }
  return named(drafts, graph, name)
}

/** Each after those it needs; what follows in the same app is taken first, so that migrations stay whole. */
function inOrder(changes: readonly Change[]): Change[] {
  const waiting = new Set(changes)
  const order: Change[] = []
  while (waiting.size > 0) {
    const ready = [...waiting].filter((change) => !change.after.some((other) => waiting.has(other)))
    const next = ready.find((change) => change.app === order.at(-1)?.app) ?? ready[0]!
    waiting.delete(next)
    order.push(next)
  }
  return order
}

/**
 * A model that goes or changes its name must do so after the migrations of other apps that knew it, those included that let
 * go of it long ago: on a new database all of them run.
 */
function formerDependents({ app, operation }: Change, graph: MigrationGraph): string[] {
  if (operation.factory !== 'deleteModel' && operation.factory !== 'renameModel') return []
  const dependents = graph.order.filter((migration) => migration.dependencies.some((needed) => needed.app === app))
  return dependents.map((migration) => migration.app).filter((other) => other !== app)
}

function reaches(from: Draft, to: Draft): boolean {
  return from === to || [...from.dependencies].some((next) => reaches(next, to))
}

function named(drafts: readonly Draft[], graph: MigrationGraph, name: string | undefined): Migration[] {
  const keys = new Map<Draft, MigrationKey>()
  const numbers = new Map<string, number>()
  for (const draft of drafts) {
    const leaf = graph.leaf(draft.app)
    const number = (numbers.get(draft.app) ?? lastNumber(leaf?.name)) + 1
    numbers.set(draft.app, number)
    const suffix = name ?? migrationName(draft.operations, leaf === undefined)
    keys.set(draft, { app: draft.app, name: `${String(number).padStart(4, '0')}_${suffix}` })
  }
  return drafts.map((draft) => {
    const dependencies = [...draft.dependencies].map((other) => keys.get(other)!)
    const has = (app: string) => dependencies.some((dependency) => dependency.app === app)
    for (const app of new Set([draft.app, ...draft.relatesTo])) {
      const leaf = graph.leaf(app)
      if (leaf && !has(app)) dependencies.push({ app, name: leaf.name })
    }
    dependencies.sort((one, other) => compare(one.app, other.app) || compare(one.name, other.name))
    return newMigration({ ...keys.get(draft)!, dependencies, operations: draft.operations })
  })
}

function compare(one: string, other: string): number {
  return one < other ? -1 : one > other ? 1 : 0
}

export function lastNumber(name: string | undefined): number {
  return Number(/^\d+/.exec(name ?? '')?.[0] ?? 0)
}
