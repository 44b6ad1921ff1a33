import { expect } from 'vitest'
import { arrangeMigrations } from '../../../src/migrations/autodetector/arrange-migrations.ts'
import { detectChanges } from '../../../src/migrations/autodetector/detect-changes.ts'
import { buildGraph } from '../../../src/migrations/build-graph.ts'
import { keyOf, type Migration, newMigration } from '../../../src/migrations/migration.ts'
import { type Answers, answering } from '../../../src/migrations/questioner.ts'
import { ProjectState } from '../../../src/migrations/state/project-state.ts'
import type { MetaOptions } from '../../../src/models/model-meta.ts'
import { proxy } from '../../../src/models/proxy.ts'
import { buildModel, createRegistry, registerModels } from '../../../src/models/register-models.ts'

/** Models by label: their fields, whose relations name labels, and their options; or the label of the model they are proxies of. */
export type Declared = Readonly<Record<string, readonly [fields: object, options?: MetaOptions] | string>>

export function stateOf(declared: Declared): ProjectState {
  const registry = createRegistry()
  for (const [label, model] of Object.entries(declared)) {
    const [appLabel, name] = label.split('.') as [string, string]
    if (typeof model !== 'string') {
      buildModel(name, model[0] as Record<string, unknown>, { appLabel, ...model[1] }, registry)
      continue
    }
    const base = proxy(registry.get(model).model as never) as unknown as new () => object
    registerModels(appLabel, { [name]: { [name]: class extends base {} }[name]! }, registry)
  }
  return ProjectState.fromModels(registry.all())
}

/**
 * What is written between two states, a line a migration: `'blog.0002_tag ← shop.0001_initial: Create model Tag'`, without the
 * dependency on the app's own migration before. Every app that had models has a first migration. Sees to it that the migrations
 * lead from the one state to the other, in any order that their dependencies allow.
 */
export async function detected(before: Declared, after: Declared, answers: Answers = {}): Promise<string[]> {
  const [from, to] = [stateOf(before), stateOf(after)]
  const initial = [...new Set(from.models.map(({ app }) => app))].map((app) =>
    newMigration({ app, name: '0001_initial', operations: [] }),
  )
  const changes = await detectChanges(from, to, answering(answers))
  const migrations = arrangeMigrations(changes, buildGraph(initial, { apps: [] }).graph)
  await assertLeads(from, to, migrations)
  await assertLeads(from, to, migrations.toReversed())
  return migrations.map(line)
}

function line({ app, name, dependencies, operations }: Migration): string {
  const others = dependencies.filter((other) => other.app !== app).map(keyOf)
  const needs = others.length > 0 ? ` ← ${others.join(', ')}` : ''
  return `${app}.${name}${needs}: ${operations.map(({ description }) => description).join(', ')}`
}

/** The migrations in an order of their own, as far as dependencies let them. */
async function assertLeads(from: ProjectState, to: ProjectState, migrations: readonly Migration[]): Promise<void> {
  const waiting = new Set(migrations)
  let state = from
  while (waiting.size > 0) {
    const next = [...waiting].find(
      ({ dependencies }) => ![...waiting].some((other) => dependencies.some((key) => keyOf(key) === keyOf(other))),
    )
    if (!next) throw new Error(`Migrations need each other: ${migrations.map(line).join('\n')}`)
    waiting.delete(next)
    for (const operation of next.operations) {
      state = operation.applyTo(state, next.app)
      // What stands between two operations is a project, too: all that is pointed to is there.
      for (const meta of state.registry.all())
        for (const relation of [...meta.foreignKeys, ...meta.manyToMany]) relation.target
    }
  }
  expect(await detectChanges(state, to, answering())).toEqual([])
}
