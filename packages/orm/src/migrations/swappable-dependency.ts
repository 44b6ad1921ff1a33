import { models } from '../models/register-models.ts'
import type { Migration, MigrationKey, SwappableDependency } from './migration.ts'
import type { Operation } from './operations/operation.ts'

/**
 * A dependency on the model that a setting names, for a migration whose relations go to it: `dependencies:
 * [swappableDependency('authUserModel')]`. Django's `migrations.swappable_dependency`.
 */
export function swappableDependency(setting: string): SwappableDependency {
  return { swappable: setting }
}

/** The app that has the model of a setting, by its first migration until the files are read. */
export function swappableKey(setting: string): MigrationKey {
  return { app: models.swappable(setting).appLabel, name: '__first__', swappable: setting }
}

/**
 * The same migrations, with their swappable dependencies on the migration that makes the model, where one does. Django takes
 * the first of the app, whose model must then be in it.
 */
export function withCreations(migrations: readonly Migration[]): Migration[] {
  models.formerLabels = formerLabels(migrations)
  const found = new Map<string, MigrationKey>()
  const resolved = (key: MigrationKey): MigrationKey => {
    if (key.swappable === undefined) return key
    const known = found.get(key.swappable) ?? { ...key, ...creationOf(key.swappable, migrations) }
    found.set(key.swappable, known)
    return known
  }
  return migrations.map((migration) => {
    if (!migration.dependencies.some(({ swappable }) => swappable !== undefined)) return migration
    // What is of its own app stands before it anyway.
    const dependencies = migration.dependencies
      .filter(({ app, swappable }) => swappable === undefined || app !== migration.app)
      .map(resolved)
    return { ...migration, dependencies }
  })
}

function creationOf(setting: string, migrations: readonly Migration[]): MigrationKey | undefined {
  const { label, appLabel } = models.swappable(setting)
  const name = models.namesOf(label).at(-1)!
  const creation = migrations.find(
    ({ app, operations }) =>
      app === appLabel &&
      stateOperations(operations).some(
        (operation) => operation.factory === 'createModel' && labelIn(app, operation.arguments[0]) === name,
      ),
  )
  return creation && { app: appLabel, name: creation.name }
}

/** What models were called that a setting may name: a relation by the setting leads to them under the name of its time. */
function formerLabels(migrations: readonly Migration[]): Map<string, string[]> {
  const former = new Map<string, string[]>()
  for (const { app, operations } of migrations) {
    for (const operation of stateOperations(operations)) {
      if (operation.factory !== 'renameModel') continue
      const [from, to] = operation.arguments.map((name) => labelIn(app, name))
      former.set(to!, [from!, ...(former.get(from!) ?? [])])
    }
  }
  return former
}

function labelIn(app: string, name: unknown): string {
  return `${app}.${String(name)}`.toLowerCase()
}

/** Operations that change the state, those among them that another one holds. */
function stateOperations(operations: readonly Operation[]): Operation[] {
  return operations.flatMap((operation) => {
    const [parts] = operation.arguments as [{ readonly state?: readonly Operation[] } | undefined]
    return operation.factory === 'separateDatabaseAndState' ? stateOperations(parts?.state ?? []) : [operation]
  })
}
