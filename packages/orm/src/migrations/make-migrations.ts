import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { didYouMean } from '@nuages/foundation'
import { type MigrationApp, modelsOf } from './app.ts'
import { arrangeMigrations, lastNumber } from './autodetector/arrange-migrations.ts'
import { detectChanges } from './autodetector/detect-changes.ts'
import { MigrationError } from './errors.ts'
import { finalState } from './execution/state-at.ts'
import type { MigrationGraph } from './graph.ts'
import { loadMigrations } from './loader.ts'
import { keyOf, type Migration, newMigration } from './migration.ts'
import { answering, type Questioner } from './questioner.ts'
import { ProjectState } from './state/project-state.ts'
import type { ImportPaths } from './writer/imports.ts'
import { writeMigration } from './writer/write-migration.ts'

export interface MakeMigrationsOptions {
  /** Every app of the project: relations reach across them. */
  readonly apps: readonly MigrationApp[]
  /** The labels of the apps to write for, with what those need; all when left out. */
  readonly only?: readonly string[] | undefined
  /** Only tells: nothing is asked twice, nothing is written. */
  readonly check?: boolean
  readonly dryRun?: boolean
  /** In place of the name that the operations suggest, after the number. */
  readonly name?: string | undefined
  /** Writes a migration without operations for each app of `only`, to be filled by hand. */
  readonly empty?: boolean
  /** Answers what the models do not say; without one such a question is an error. */
  readonly questioner?: Questioner
  readonly imports?: ImportPaths
}

/** A migration that was made. */
export interface MadeMigration {
  readonly app: string
  readonly name: string
  /** The file, absolute. */
  readonly path: string
  readonly source: string
  readonly operations: readonly string[]
}

export interface MadeMigrations {
  readonly changes: readonly MadeMigration[]
  /** The files that were written: none with `check` or `dryRun`. */
  readonly written: readonly string[]
}

/**
 * Compares the models with the migrations and writes the migrations between them. Throws `MigrationError` where the files do
 * not fit together, and `QuestionNotAnswered` where a change can be understood in two ways and nobody says which.
 */
export async function makeMigrations(options: MakeMigrationsOptions): Promise<MadeMigrations> {
  assertOptions(options)
  const graph = await loadMigrations(options.apps)
  for (const { label } of options.apps) graph.leaf(label)
  const migrations = options.empty ? emptyMigrations(graph, options) : await changedMigrations(graph, options)
  const changes = migrations.map((migration) => made(migration, options))
  if (options.check || options.dryRun) return { changes, written: [] }
  for (const { path, source } of changes) {
    await mkdir(join(path, '..'), { recursive: true })
    await writeFile(path, source, { flag: 'wx' })
  }
  return { changes, written: changes.map(({ path }) => path) }
}

function assertOptions({ apps, only, name, empty }: MakeMigrationsOptions): void {
  const labels = apps.map(({ label }) => label)
  const unknown = only?.find((label) => !labels.includes(label))
  if (unknown !== undefined) {
    throw new MigrationError(`There is no app '${unknown}'.${didYouMean(unknown, labels)} Apps: ${labels.join(', ')}.`)
  }
  if (name !== undefined && !/^[a-z]\w*$/i.test(name)) {
    throw new MigrationError(`'${name}' cannot be part of a migration's name: letters, digits and underscores can.`)
  }
  if (empty && !only?.length) throw new MigrationError('An empty migration needs the app that it is for.')
}

async function changedMigrations(graph: MigrationGraph, options: MakeMigrationsOptions): Promise<Migration[]> {
  const to = ProjectState.fromModels(options.apps.flatMap(modelsOf))
  const changes = await detectChanges(finalState(graph), to, options.questioner ?? answering())
  const migrations = arrangeMigrations(changes, graph, options.name)
  return options.only ? withNeeded(migrations, options.only) : migrations
}

function withNeeded(migrations: readonly Migration[], only: readonly string[]): Migration[] {
  const wanted = new Set(migrations.filter(({ app }) => only.includes(app)))
  for (const migration of wanted) {
    const needs = migration.dependencies.map(keyOf)
    for (const other of migrations) if (needs.includes(keyOf(other))) wanted.add(other)
  }
  return migrations.filter((migration) => wanted.has(migration))
}

function emptyMigrations(graph: MigrationGraph, { only = [], name = 'custom' }: MakeMigrationsOptions): Migration[] {
  return only.map((app) => {
    const leaf = graph.leaf(app)
    const number = String(lastNumber(leaf?.name) + 1).padStart(4, '0')
    return newMigration({
      app,
      name: `${number}_${name}`,
      dependencies: leaf ? [{ app, name: leaf.name }] : [],
      operations: [],
    })
  })
}

function made(migration: Migration, options: MakeMigrationsOptions): MadeMigration {
  const { app, name, operations } = migration
  const { migrationsDir } = options.apps.find(({ label }) => label === app)!
  return {
    app,
    name,
    path: join(migrationsDir, `${name}.ts`),
    source: writeMigration(migration, options.imports),
    operations: operations.map((operation) => operation.description),
  }
}
