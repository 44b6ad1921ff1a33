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

/** Where a model has another name than it had when it was made, its former names are followed back. */
function creationOf(setting: string, migrations: readonly Migration[]): MigrationKey | undefined {
  const { appLabel, modelName } = models.swappable(setting)
  let name = modelName
  for (const migration of migrations.filter(({ app }) => app === appLabel).toReversed()) {
    for (const operation of stateOperations(migration.operations).toReversed()) {
      const [first, second] = operation.arguments.map((argument) => String(argument).toLowerCase())
      if (operation.factory === 'renameModel' && second === name) name = first!
      if (operation.factory === 'createModel' && first === name) return { app: appLabel, name: migration.name }
    }
  }
  return undefined
}

/** Operations that change the state, those among them that another one holds. */
function stateOperations(operations: readonly Operation[]): Operation[] {
  return operations.flatMap((operation) => {
    const [parts] = operation.arguments as [{ readonly state?: readonly Operation[] } | undefined]
    return operation.factory === 'separateDatabaseAndState' ? stateOperations(parts?.state ?? []) : [operation]
  })
}
