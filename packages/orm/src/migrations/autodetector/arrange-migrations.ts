import type { MigrationGraph } from '../graph.ts'
import { type Migration, type MigrationKey, newMigration } from '../migration.ts'
import type { Operation } from '../operations/operation.ts'
import { optimize } from '../optimizer/optimize.ts'
import { swappableKey } from '../swappable-dependency.ts'
import type { Change } from './change.ts'
import { migrationName } from './migration-name.ts'

interface Draft {
  readonly app: string
  operations: readonly Operation[]
  readonly dependencies: Set<Draft>
  readonly relatesTo: Set<string>
  readonly swappables: Set<string>
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
        swappables: new Set(),
      }
      drafts.push(next)
      draft = next
    }
    draft.operations = [...draft.operations, change.operation]
    for (const other of needed) if (other !== draft) draft.dependencies.add(other)
    for (const app of [...change.relatesTo, ...formerDependents(change, graph)]) draft.relatesTo.add(app)
    for (const setting of change.swappables ?? []) draft.swappables.add(setting)
    homes.set(change, draft)
  }
  for (const draft of drafts) draft.operations = optimize(draft.operations, draft.app)
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
  const dependents = graph.order.filter((migration) => graph.needs(migration).some((needed) => needed.app === app))
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
  return inTurn(drafts).map((draft) => {
    const swappables = [...draft.swappables].sort().map(swappableKey)
    // A file that names a setting's model by the setting holds good in projects where another app has it.
    const bySetting = ({ app }: Draft) =>
      app !== draft.app && !draft.relatesTo.has(app) && swappables.some((key) => key.app === app)
    const dependencies = [...draft.dependencies].filter((other) => !bySetting(other)).map((other) => keys.get(other)!)
    const has = (app: string) => dependencies.some((dependency) => dependency.app === app)
    for (const app of new Set([draft.app, ...draft.relatesTo])) {
      const leaf = graph.leaf(app)
      if (leaf && !has(app)) dependencies.push({ app, name: leaf.name })
    }
    dependencies.sort((one, other) => compare(one.app, other.app) || compare(one.name, other.name))
    const { app, operations } = draft
    // The first of an app is known for one by its place; what follows it in the same run has to say so.
    const isLater = !graph.leaf(app) && drafts.find((other) => other.app === app) !== draft
    const needs = [...swappables, ...dependencies]
    return newMigration({ ...keys.get(draft)!, dependencies: needs, operations, ...(isLater ? { initial: true } : {}) })
  })
}

/** Each after those that it depends on. */
function inTurn(drafts: readonly Draft[]): Draft[] {
  const order = new Set<Draft>()
  const visit = (draft: Draft) => {
    for (const needed of draft.dependencies) visit(needed)
    order.add(draft)
  }
  for (const draft of drafts) visit(draft)
  return [...order]
}

function compare(one: string, other: string): number {
  return one < other ? -1 : one > other ? 1 : 0
}

/** The number of a migration; of one that was squashed, that of the last which it stands for. */
export function lastNumber(name: string | undefined): number {
  return Number(/_squashed_(\d+)/.exec(name ?? '')?.[1] ?? /^\d+/.exec(name ?? '')?.[0] ?? 0)
}
