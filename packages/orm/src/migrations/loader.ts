import { readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import type { MigrationApp } from './app.ts'
import { buildGraph, type GraphOptions } from './build-graph.ts'
import { MigrationError } from './errors.ts'
import type { MigrationGraph } from './graph.ts'
import {
  isMigrationDefinition,
  type Migration,
  type MigrationKey,
  type MigrationName,
  type SwappableDependency,
} from './migration.ts'
import { assertConsidered } from './safety/considered.ts'
import { swappableKey, withCreations } from './swappable-dependency.ts'

/**
 * Reads the migration files of all apps and fits them together. Without `applied` nothing has run, so that squashed migrations
 * stand for what they replace. Throws `MigrationError` for a file that is no migration, and for files that do not fit.
 */
export async function loadMigrations(
  apps: readonly MigrationApp[],
  options: Omit<GraphOptions, 'apps'> = {},
): Promise<MigrationGraph> {
  return buildGraph(await readMigrations(apps), { ...options, apps: apps.map(({ label }) => label) }).graph
}

/** Reads the migration files of all apps, in the order of the apps and of the files. */
export async function readMigrations(apps: readonly MigrationApp[]): Promise<Migration[]> {
  return withCreations((await Promise.all(apps.map(loadApp))).flat())
}

async function loadApp(app: MigrationApp): Promise<Migration[]> {
  const files = await migrationFiles(app.migrationsDir)
  return Promise.all([...files].map(([name, file]) => loadFile(app.label, name, join(app.migrationsDir, file))))
}

/**
 * Name to file: every source but those whose name begins with `_` or `.`, since one that is passed over in silence is not missed until
 * its table is. A built app has `.js` beside its declarations, a project `.ts`; where both stand, the source counts.
 */
export async function migrationFiles(dir: string): Promise<Map<string, string>> {
  const files = new Map<string, string>()
  for (const file of (await listing(dir)).sort()) {
    const name = /^([^_.].*)\.(?:ts|js)$/.exec(file)?.[1]
    if (name === undefined || name === 'index' || file.endsWith('.d.ts')) continue
    if (!files.has(name) || file.endsWith('.ts')) files.set(name, file)
  }
  return files
}

async function listing(dir: string): Promise<string[]> {
  try {
    return await readdir(dir)
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return []
    throw error
  }
}

async function loadFile(app: string, name: string, path: string): Promise<Migration> {
  const module = await importFile(path)
  const definition = module.default
  if (!isMigrationDefinition(definition)) {
    throw new MigrationError(
      `${path} is no migration: its default export must be defineMigration({ … }). A file that is none starts its name with '_'.`,
    )
  }
  const { dependencies, runBefore, replaces, initial, atomic = true, considered = {}, operations } = definition
  assertConsidered(considered, path)
  return {
    app,
    name,
    dependencies: keys(dependencies),
    runBefore: keys(runBefore),
    replaces: keys(replaces),
    initial,
    atomic,
    considered,
    operations,
  }
}

function keys(names: readonly (MigrationName | SwappableDependency)[] = []): MigrationKey[] {
  return names.map((name) => ('swappable' in name ? swappableKey(name.swappable) : { app: name[0], name: name[1] }))
}

async function importFile(path: string): Promise<{ default?: unknown }> {
  try {
    return await import(/* @vite-ignore */ pathToFileURL(path).href)
  } catch (error) {
    if (error instanceof MigrationError) throw error
    const reason = error instanceof Error ? error.message : String(error)
    throw new MigrationError(`The migration ${path} cannot be loaded: ${reason}`, { cause: error })
  }
}
